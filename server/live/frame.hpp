// Finished WebSocket frames as the server sends them: unmasked, one frame a message. A buffer holds one or more
// whole frames, is made once and shared by all sockets it goes to. Pure functions.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace foyer::live {

using Frames = std::shared_ptr<const std::string>;

// Appends the 2, 4 or 10 byte header and the text.
void append_text_frame(std::string& frames, std::string_view text);
Frames text_frame(std::string_view text);
// An empty ping; one shared buffer for all sockets.
const Frames& ping_frame();

}  // namespace foyer::live
