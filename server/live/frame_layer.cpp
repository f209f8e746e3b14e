#include "server/live/frame_layer.hpp"

#include <cerrno>
#include <functional>

#include <boost/asio/error.hpp>
#include <sys/socket.h>

#include "protocol/limits.hpp"

namespace foyer::live {

// An empty queue takes anything: the bound is on what a peer lets pile up, not on the size of one turn's events.
void FrameLayer::send(Frames frames) {
  if (broken_) {
    return;  // the read has ended or is about to
  }
  if (first_ == queue_.size()) {
    const std::size_t sent = send_now(*frames);
    if (!broken_ && sent < frames->size()) {
      enqueue(std::move(frames), sent);
    }
  } else if (waiting_bytes_ + frames->size() <= limits::live_queue_bytes || too_slow_) {
    enqueue(std::move(frames), 0);  // too slow already: the closing handshake, which is short
  } else {
    too_slow_ = true;
    if (const auto owner = owner_.lock()) {
      owner->on_too_slow();
    }
  }
}

std::size_t FrameLayer::send_now(std::string_view bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t taken =
        ::send(socket_.native_handle(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (taken >= 0) {
      sent += static_cast<std::size_t>(taken);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      break;
    } else if (errno != EINTR) {
      cut();
      break;
    }
  }
  return sent;
}

void FrameLayer::allow_direct() {
  direct_allowed_ = true;
  update_outlet();
}

void FrameLayer::forbid_direct() {
  direct_allowed_ = false;
  update_outlet();
}

void FrameLayer::update_outlet() {
  outlet_.direct = direct_allowed_ && !broken_ && first_ == queue_.size() ? socket_.native_handle() : -1;
}

void FrameLayer::enqueue(Frames frames, std::size_t sent) {
  waiting_bytes_ += frames->size() - sent;
  queue_.push_back({std::move(frames), sent});
  update_outlet();
  wait_writable();
}

void FrameLayer::wait_writable() {
  if (waiting_) {
    return;
  }
  waiting_ = true;
  socket_.async_wait(Socket::wait_write, [this, kept = owner_.lock()](const Error& error) {
    waiting_ = false;
    if (!error && !broken_) {
      write_waiting();
    }
  });
}

void FrameLayer::write_waiting() {
  while (first_ < queue_.size()) {
    Piece& piece = queue_[first_];
    const std::size_t sent = send_now(std::string_view(*piece.frames).substr(piece.sent));
    if (broken_) {
      return;
    }
    waiting_bytes_ -= sent;
    piece.sent += sent;
    progress_ = progress_ || sent > 0;
    if (piece.sent < piece.frames->size()) {
      forget_written();
      wait_writable();
      return;
    }
    piece.frames.reset();
    ++first_;
  }
  queue_ = {};
  first_ = 0;
  update_outlet();
  if (finished_) {
    shut_down();
  } else if (const auto owner = owner_.lock()) {
    owner->on_drained();
  }
}

// A reader that is slow for hours and never too slow must not make the queue grow.
void FrameLayer::forget_written() {
  if (first_ > queue_.size() / 2) {
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

void FrameLayer::drop_unbegun() {
  const std::size_t keep = first_ < queue_.size() && queue_[first_].sent > 0 ? first_ + 1 : first_;
  while (queue_.size() > keep) {
    waiting_bytes_ -= queue_.back().frames->size();
    queue_.pop_back();
  }
}

void FrameLayer::cut() {
  if (std::exchange(broken_, true)) {
    return;
  }
  update_outlet();
  Error ignored;
  socket_.close(ignored);
  queue_ = {};
  first_ = 0;
  waiting_bytes_ = 0;
  tell_finished(boost::asio::error::operation_aborted);
}

void FrameLayer::finish(std::function<void(Error)> done) {
  forbid_direct();
  finished_ = std::move(done);
  if (broken_) {
    tell_finished(boost::asio::error::operation_aborted);
  } else if (first_ == queue_.size()) {
    shut_down();
  }
}

// A close while the peer still sends would answer with a reset, which may overtake our last words.
void FrameLayer::shut_down() {
  Error ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  drain_peer();
}

void FrameLayer::drain_peer() {
  auto rest = std::make_shared<std::string>(4096, '\0');
  const auto buffer = boost::asio::buffer(*rest);
  socket_.async_read_some(buffer, [this, rest, kept = owner_.lock()](const Error& error, std::size_t) {
    if (error) {
      tell_finished(error == boost::asio::error::eof ? Error{} : error);
    } else {
      drain_peer();
    }
  });
}

void FrameLayer::tell_finished(Error error) {
  if (const auto done = std::exchange(finished_, nullptr)) {
    done(error);
  }
}

}  // namespace foyer::live
