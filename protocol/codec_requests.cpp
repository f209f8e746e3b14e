#include "protocol/codec.hpp"
#include "protocol/film_colours.hpp"
#include "protocol/json_fields.hpp"

namespace foyer::codec {
namespace {

// A request: what no getter asked for is refused.
template <class Request, class Read>
Result<Request> decode_request(std::string_view json, Read read) {
  return decode_object<Request>(json, [&](Fields& fields) {
    Request request = read(fields);
    fields.refuse_unknown();
    return request;
  });
}

FilmClues read_clues(Fields& fields) {
  FilmClues clues;
  clues.decade = fields.optional_int("decade");
  clues.country = fields.optional_text("country").value_or("");
  if (const auto word = fields.optional_text("colour")) {
    const auto colour = film_colour_from_word(*word);
    if (!colour) {
      fields.note("colour", "out_of_range", "must be unknown, colour or black_and_white");
    }
    clues.colour = colour.value_or(FilmColour::unknown);
  }
  clues.language = fields.optional_text("language").value_or("");
  clues.scene = fields.optional_text("scene").value_or("");
  fields.refuse_unknown();
  return clues;
}

}  // namespace

Result<RegisterRequest> decode_register(std::string_view json) {
  return decode_request<RegisterRequest>(json, [](Fields& fields) {
    return RegisterRequest{
        .name = fields.text("name"), .email = fields.text("email"), .password = fields.text("password")};
  });
}

Result<LoginRequest> decode_login(std::string_view json) {
  return decode_request<LoginRequest>(json, [](Fields& fields) {
    return LoginRequest{.login = fields.text("login"), .password = fields.text("password")};
  });
}

Result<StartThreadRequest> decode_start_thread(std::string_view json) {
  return decode_request<StartThreadRequest>(json, [](Fields& fields) {
    StartThreadRequest request;
    request.film_ids = fields.ids<FilmId>("film_ids");
    request.kind =
        fields.word("kind", thread_kind_from_word, "must be discussion, review, comments, identify or watch_along");
    request.title = fields.text("title");
    request.body = fields.text("body");
    fields.optional_object("clues", [&](Fields& clues) { request.clues = read_clues(clues); });
    return request;
  });
}

Result<PostRequest> decode_post(std::string_view json) {
  return decode_request<PostRequest>(json, [](Fields& fields) {
    return PostRequest{.body = fields.text("body"),
                       .reply_to = fields.optional_id<PostNumber>("reply_to"),
                       .film_position_seconds = fields.optional_int("film_position_seconds")};
  });
}

Result<EditPostRequest> decode_edit_post(std::string_view json) {
  return decode_request<EditPostRequest>(json,
                                         [](Fields& fields) { return EditPostRequest{.body = fields.text("body")}; });
}

Result<RateRequest> decode_rate(std::string_view json) {
  return decode_request<RateRequest>(
      json, [](Fields& fields) { return RateRequest{.score = static_cast<int>(fields.integer("score", scores))}; });
}

Result<ProposeFilmRequest> decode_propose_film(std::string_view json) {
  return decode_request<ProposeFilmRequest>(
      json, [](Fields& fields) { return ProposeFilmRequest{.film_id = fields.id<FilmId>("film_id")}; });
}

Result<SolveThreadRequest> decode_solve_thread(std::string_view json) {
  return decode_request<SolveThreadRequest>(json, [](Fields& fields) {
    return SolveThreadRequest{.post_number = fields.id<PostNumber>("post_number"),
                              .film_id = fields.id<FilmId>("film_id")};
  });
}

Result<ReviewRequest> decode_review(std::string_view json) {
  return decode_request<ReviewRequest>(json, [](Fields& fields) {
    return ReviewRequest{.title = fields.optional_text("title").value_or(""),
                         .body = fields.text("body"),
                         .score = static_cast<int>(fields.integer("score", scores)),
                         .contains_spoilers = fields.flag("contains_spoilers")};
  });
}

Result<ChangeThreadRequest> decode_change_thread(std::string_view json) {
  return decode_request<ChangeThreadRequest>(json, [](Fields& fields) {
    ChangeThreadRequest request;
    request.title = fields.optional_text("title");
    request.locked = fields.optional_flag("locked");
    request.pinned = fields.optional_flag("pinned");
    request.slow_mode_seconds = fields.optional_int("slow_mode_seconds");
    request.film_ids = fields.optional_ids<FilmId>("film_ids");
    request.reason = fields.optional_text("reason").value_or("");
    return request;
  });
}

Result<RemovePostRequest> decode_remove_post(std::string_view json) {
  return decode_request<RemovePostRequest>(json, [](Fields& fields) {
    return RemovePostRequest{.reason = fields.text("reason"),
                             .note = fields.optional_text("note").value_or(""),
                             .revision = fields.optional_int("revision", positive_int)};
  });
}

Result<SanctionRequest> decode_sanction(std::string_view json) {
  return decode_request<SanctionRequest>(json, [](Fields& fields) {
    return SanctionRequest{.kind = fields.word("kind", sanction_kind_from_word, "must be silence, ban or lift"),
                           .until = fields.optional_time("until"),
                           .reason = fields.text("reason")};
  });
}

Result<PreviewRequest> decode_preview(std::string_view json) {
  return decode_request<PreviewRequest>(json,
                                        [](Fields& fields) { return PreviewRequest{.body = fields.text("body")}; });
}

Result<CreateTokenRequest> decode_create_token(std::string_view json) {
  return decode_request<CreateTokenRequest>(json, [](Fields& fields) {
    return CreateTokenRequest{.name = fields.text("name"), .scopes = fields.texts("scopes")};
  });
}

}  // namespace foyer::codec
