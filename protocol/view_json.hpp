// How each view looks in JSON: the keys, their order, and what becomes null. Written once, used by answers, events
// and frames alike. Used by the codec only.
#pragma once

#include "protocol/json_writer.hpp"
#include "protocol/reviews.hpp"
#include "protocol/views.hpp"

namespace foyer {

void write(JsonWriter& writer, const UserView& user);
void write(JsonWriter& writer, const ProfileView& profile);
void write(JsonWriter& writer, const CastMember& member);
void write(JsonWriter& writer, const CrewMember& member);
void write(JsonWriter& writer, const ExternalId& external);
void write(JsonWriter& writer, const RatingView& rating);
void write(JsonWriter& writer, const OwnRatingView& rating);
void write(JsonWriter& writer, const FilmView& film);
void write(JsonWriter& writer, const FilmSummary& film);
void write(JsonWriter& writer, const FilmLink& film);
void write(JsonWriter& writer, const PersonView& person);
void write(JsonWriter& writer, const PersonView::Credit& credit);
void write(JsonWriter& writer, const ThreadView& thread);
void write(JsonWriter& writer, const PostView& post);
void write(JsonWriter& writer, const ReviewView& review);
void write(JsonWriter& writer, const RevisionView& revision);
void write(JsonWriter& writer, const RelatedThreadView& related);
void write(JsonWriter& writer, const ModerationEntryView& entry);
void write(JsonWriter& writer, const ReachView& reach);
void write(JsonWriter& writer, const SanctionView& sanction);
void write(JsonWriter& writer, const TokenView& token);

// About how long the JSON of a post gets, so that its string grows at most once.
std::size_t expected_bytes(const PostView& post);

}  // namespace foyer
