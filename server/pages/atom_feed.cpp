#include "server/pages/atom_feed.hpp"

#include <algorithm>

#include "server/pages/addresses.hpp"
#include "server/pages/words.hpp"
#include "server/pages/xml.hpp"

namespace foyer::pages {

namespace {

Timestamp changed_at(const PostView& post) { return post.edited_at.value_or(post.created_at); }

// The same in each feed that has the post: readers know it again by its id.
std::string title_of(const FeedEntry& entry) {
  const ThreadView& thread = entry.thread;
  if (thread.kind == ThreadKind::comments) {
    if (thread.films.empty()) return "A comment";
    const FilmLink& film = thread.films.front();
    return "Comment on " + film.title + year_in_parentheses(film.year);
  }
  return entry.post.number.value == 1 ? thread.title : "Re: " + thread.title;
}

void write_link(Xml& xml, Literal relation, Literal type, const std::string& address) {
  xml << "<link rel=\"" << relation << "\" type=\"" << type << "\"";
  xml.attribute("href", address) << "/>\n";
}

void write_author(Xml& xml, const std::string& public_url, const std::string& name) {
  xml << "<author>\n";
  xml.element("name", name);
  xml.element("uri", public_url + address_of_member(name));
  xml << "</author>\n";
}

void write_entry(Xml& xml, const std::string& public_url, const FeedEntry& entry) {
  const PostView& post = entry.post;
  xml << "<entry>\n";
  xml.element("title", title_of(entry));
  xml.element("id", public_url + "/posts/" + std::to_string(post.id.value));
  write_link(xml, "alternate", "text/html", public_url + address_of(post.thread_id, post.number));
  xml.element("published", to_rfc3339(post.created_at));
  xml.element("updated", to_rfc3339(changed_at(post)));
  write_author(xml, public_url, post.author.name);
  for (const FilmLink& film : entry.thread.films) {
    xml << "<category";
    xml.attribute("term", film.title + year_in_parentheses(film.year)) << "/>\n";
  }
  if (entry.html) {
    xml << "<content type=\"html\">" << *entry.html << "</content>\n";
  } else {
    xml << "<summary>This gives the film away. Read it in the forum.</summary>\n";
  }
  xml << "</entry>\n";
}

}  // namespace

std::optional<Timestamp> updated_at(const FeedEntries& entries) {
  std::optional<Timestamp> newest;
  for (const FeedEntry& entry : entries) newest = std::max(newest, std::optional(changed_at(entry.post)));
  return newest;
}

std::string feed_of(const std::string& page) { return page == "/" ? "/feed.atom" : page + ".atom"; }

// A post may link to a path of this site, which is meant from its root: hence the base.
std::string atom_feed(const std::string& public_url, const AtomFeed& feed) {
  Xml xml;
  xml << "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"";
  xml.attribute("xml:base", public_url + "/") << ">\n";
  xml.element("title", feed.title + " · Foyer");
  xml.element("id", public_url + feed.id);
  xml.element("updated", to_rfc3339(updated_at(feed.entries).value_or(Timestamp())));
  write_link(xml, "self", atom_type, public_url + feed.self);
  write_link(xml, "alternate", "text/html", public_url + feed.page);
  for (const FeedEntry& entry : feed.entries) write_entry(xml, public_url, entry);
  xml << "</feed>\n";
  return std::move(xml).take();
}

}  // namespace foyer::pages
