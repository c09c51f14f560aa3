// Playing a script that has been read.
#pragma once

#include "model/language/print.h"

namespace winmem::agent {

struct Playing {
  Style style = Style::wire;  ///< on the wire, or for people
  std::uint64_t number = 0;   ///< of the script, on the wire
  bool buffered = false;      ///< write the lines at the end, not each as soon as it is known
  bool documented = false;    ///< play with the implementation's profile `documented`
  bool lock_memory = false;   ///< play with SeLockMemoryPrivilege
};

/// Plays a script line by line and writes what came of each. `arena` holds the script and takes its
/// names. False when the names do not fit.
bool play(const Script& script, const Playing& playing, Arena& arena);

/// Gives back what the script made. False when something could not be given back.
bool clean_up();

/// Writes what is buffered.
void flush_output();
/// The output that all lines go through.
Output& output();
/// Copies what is written from here on; null ends it.
void copy_output(Output* copy);

}  // namespace winmem::agent
