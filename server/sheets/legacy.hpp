#pragma once

#include "server/sheets/grid.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// A cell's octets or text as Unicode. Octets that are no UTF-8 are read as Windows-1258, TCVN3 or
/// VNI; UTF-8 that holds Latin-1 letters alone may be a font encoding that was pasted, or UTF-8
/// taken for Windows-1252. Of all readings the one wins whose words are Vietnamese syllables; among
/// equals the text as it stands, then Windows-1258, TCVN3, VNI, but `usual` before those: the
/// encoding that most of its neighbours have. Pure.
Cell read_cell(std::string_view octets, Encoding usual);

/// Whether `word`, NFC and without blanks, is a syllable of Vietnamese: an onset, a rhyme, and a
/// tone that the rhyme bears (those that end in c, ch, p, t are only sharp or heavy).
bool is_syllable(std::string_view word);

/// A word's letters without its tone, lower case, the tone behind: "Hoà" and "Hòa" are one.
std::string tone_last(std::string_view text);

}  // namespace nguon::server
