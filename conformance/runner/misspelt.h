// What may have been meant where a script has a word that the language does not know.
#pragma once

#include <string>
#include <string_view>

namespace winmem::conformance {

/// Of the word at that place of a line: "no function is named VirtualAloc; VirtualAlloc?". Empty
/// where it is known, or near nothing that is.
std::string misspelt_word(std::string_view line, std::size_t place);

/// The key of a header that the text of a comment seems to be meant as: "title" of
/// "titel: x". Empty where it is a plain comment.
std::string mistyped_key(std::string_view comment);

}  // namespace winmem::conformance
