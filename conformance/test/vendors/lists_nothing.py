"""Says hello and lists a function that does not exist, and no other."""

from speaker import Speaker


class Nothing(Speaker):
    functions = ["VirtualAllok"]


Nothing().run()
