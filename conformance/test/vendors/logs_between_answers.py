"""Behaves, but logs on stdout before, between and after its answers."""

from speaker import Speaker


class Logs(Speaker):
    def say(self, text):
        print("12:03:04.567 INFO kernel32: about to answer")
        print("7 dwarfs -> 1 mountain")
        print("")
        super().say(text)
        print("end of answer", flush=True)


Logs().run()
