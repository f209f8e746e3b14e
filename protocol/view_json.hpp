// How each view looks in JSON: the keys, their order, and what becomes null. Written once, used by answers, events
// and frames alike. Used by the codec only.
#pragma once

#include "protocol/identification.hpp"
#include "protocol/json_writer.hpp"
#include "protocol/reviews.hpp"
#include "protocol/search.hpp"
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
void write(JsonWriter& writer, const FilmClues& clues);
void write(JsonWriter& writer, const FilmAnswer& answer);
void write(JsonWriter& writer, const FilmProposal& proposal);
void write(JsonWriter& writer, const Identification& identification);
void write(JsonWriter& writer, const PostView& post);
void write(JsonWriter& writer, const ReviewView& review);
void write(JsonWriter& writer, const RevisionView& revision);
void write(JsonWriter& writer, const RelatedThreadView& related);
void write(JsonWriter& writer, const ModerationEntryView& entry);
void write(JsonWriter& writer, const ReachView& reach);
void write(JsonWriter& writer, const SanctionView& sanction);
void write(JsonWriter& writer, const TokenView& token);
void write(JsonWriter& writer, const SnippetPart& part);
void write(JsonWriter& writer, const FoundPerson& person);
void write(JsonWriter& writer, const FoundThread& found);
void write(JsonWriter& writer, const FoundPost& post);

// About how long the JSON of a post gets, so that its string grows at most once.
std::size_t expected_bytes(const PostView& post);

}  // namespace foyer
