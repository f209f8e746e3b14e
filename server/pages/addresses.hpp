// The addresses of everything that has a page. Written once, so that no page spells a path of its own.
#pragma once

#include <string>

#include "protocol/ids.hpp"
#include "protocol/views.hpp"

namespace foyer::pages {

// Percent-encodes what is not a letter, digit or one of -_.!~*'() — as encodeURIComponent does in the client.
std::string encoded(const std::string& text);

std::string address_of(const FilmView& film);
std::string address_of(const FilmSummary& film);
std::string address_of(const FilmLink& film);
std::string address_of_reviews(const FilmLink& film);
std::string address_of_review_form(const FilmLink& film);
std::string address_of(const ThreadView& thread);
std::string address_of(const PersonView& person);
// Without a slug, where only an id is known; the server answers 301 to the full one and keeps the query.
std::string address_of(PersonId person);
// The page of the thread that shows this post.
std::string address_of(ThreadId thread, PostNumber number);
std::string address_of_member(const std::string& name);
std::string address_of_page(const ThreadView& thread, std::int64_t page_number);
// "/posts/9/edit"; the verb is one of edit, delete, remove, restore, history, like, unlike.
std::string address_of(PostId post, const std::string& verb);
std::string login_address(const std::string& next);
std::string register_address(const std::string& next);

}  // namespace foyer::pages
