#include "server/http/router.hpp"

#include <gtest/gtest.h>

#include "server/http/handlers.hpp"

namespace foyer::http {
namespace {

Response nothing(const Call&) { return {}; }

Router sample() {
  Router router;
  for (const auto& [method, pattern] :
       std::vector<std::pair<Method, std::string_view>>{{Method::get, "/"},
                                                        {Method::get, "/threads/new"},
                                                        {Method::get, "/threads/{id}-{slug}.atom"},
                                                        {Method::get, "/members/{name}.atom"},
                                                        {Method::get, "/sitemap/films-{id}.xml"},
                                                        {Method::get, "/threads/{id}-{slug}"},
                                                        {Method::post, "/threads/{id}-{slug}/posts"},
                                                        {Method::get, "/api/v1/posts/{id}"},
                                                        {Method::remove, "/api/v1/posts/{id}"},
                                                        {Method::get, "/members/{name}"}}) {
    router.add({method, pattern, Audience::programs, &nothing});
  }
  return router;
}

std::optional<PathValues> found(Method method, std::string_view path) {
  static const Router router = sample();
  const auto match = router.match(method, path);
  const auto* route = std::get_if<Router::Found>(&match);
  return route ? std::optional(route->values) : std::nullopt;
}

TEST(Routes, carry_ids_slugs_and_names) {
  EXPECT_EQ(found(Method::get, "/api/v1/posts/9223372036854775807")->id, 9223372036854775807);
  EXPECT_EQ(found(Method::get, "/threads/7-the-cranes")->slug, "the-cranes");
  EXPECT_EQ(found(Method::get, "/threads/7")->slug, "");
  EXPECT_EQ(found(Method::get, "/threads/7-")->id, 7);
  EXPECT_EQ(found(Method::get, "/members/J%C3%BCrgen")->name, "Jürgen");
  EXPECT_TRUE(found(Method::get, "/"));
  EXPECT_TRUE(found(Method::head, "/threads/new"));
}

TEST(Routes, find_values_between_literal_text) {
  const auto pattern = [](std::string_view path) {
    static const Router router = sample();
    const auto match = router.match(Method::get, path);
    const auto* route = std::get_if<Router::Found>(&match);
    return route ? std::string(route->route->pattern) + " " + std::to_string(route->values.id) + " " +
                       route->values.slug + route->values.name
                 : std::string("none");
  };
  EXPECT_EQ(pattern("/threads/7-the-cranes.atom"), "/threads/{id}-{slug}.atom 7 the-cranes");
  EXPECT_EQ(pattern("/threads/7.atom"), "/threads/{id}-{slug}.atom 7 ");
  EXPECT_EQ(pattern("/threads/7-the-cranes"), "/threads/{id}-{slug} 7 the-cranes");
  EXPECT_EQ(pattern("/members/mira.atom"), "/members/{name}.atom 0 mira");
  EXPECT_EQ(pattern("/members/.atom"), "/members/{name} 0 .atom");
  EXPECT_EQ(pattern("/sitemap/films-12.xml"), "/sitemap/films-{id}.xml 12 ");
  for (const char* path : {"/sitemap/films-.xml", "/sitemap/films-0.xml", "/sitemap/films-x.xml", "/sitemap/films-1",
                           "/sitemap/films-1.xml.xml", "/sitemap/films.xml", "/sitemap/1.xml", "/threads/.atom"}) {
    EXPECT_EQ(pattern(path), "none") << path;
  }
}

TEST(Routes, are_not_found_by_ids_that_are_none) {
  for (const char* id : {"0", "-1", "+1", "01", "abc", "1.5", "9223372036854775808", "99999999999999999999", "1a", "",
                         "%31", "1 ", "0x1"}) {
    EXPECT_FALSE(found(Method::get, std::string("/api/v1/posts/") + id)) << id;
  }
  EXPECT_FALSE(found(Method::get, "/api/v1/posts/7-slug"));
  EXPECT_FALSE(found(Method::get, "/threads/7x"));
}

TEST(Routes, are_not_found_by_paths_that_only_look_alike) {
  for (const char* path : {"", "//", "/threads/new/", "/threads//new", "/threads/../threads/new", "/THREADS/new",
                           "/members/", "/members/a%2Fb", "/members/%00", "/members/a/b", "threads/new"}) {
    EXPECT_FALSE(found(Method::get, path)) << path;
  }
}

TEST(Routes, of_other_methods_are_named) {
  const Router router = sample();
  const auto match = router.match(Method::put, "/api/v1/posts/7");
  ASSERT_TRUE(std::holds_alternative<Router::OtherMethods>(match));
  EXPECT_EQ(std::get<Router::OtherMethods>(match).allow, "GET, HEAD, DELETE, OPTIONS");
  EXPECT_TRUE(std::holds_alternative<Router::OtherMethods>(router.match(Method::options, "/")));
  EXPECT_TRUE(std::holds_alternative<Router::NotFound>(router.match(Method::options, "/nowhere")));
}

TEST(RouteTable, has_no_route_twice_and_every_pattern_starts_with_a_slash) {
  std::vector<std::pair<Method, std::string_view>> seen;
  for (const auto& routes : {account_routes(),
                             film_routes(),
                             review_routes(),
                             mark_routes(),
                             review_page_routes(),
                             mark_form_routes(),
                             thread_routes(),
                             identification_routes(),
                             post_routes(),
                             moderation_routes(),
                             page_routes(),
                             discussion_page_routes(),
                             post_page_routes(),
                             account_form_routes(),
                             discussion_form_routes(),
                             identification_form_routes(),
                             post_form_routes(),
                             settings_routes(),
                             search_routes(),
                             site_routes(),
                             probe_routes(),
                             metrics_routes()}) {
    for (const Route& route : routes) {
      EXPECT_TRUE(route.pattern.starts_with('/')) << route.pattern;
      EXPECT_EQ(route.audience == Audience::programs && route.pattern.starts_with("/api/"),
                route.pattern.starts_with("/api/"))
          << route.pattern;
      const std::pair key{route.method, route.pattern};
      EXPECT_EQ(std::ranges::find(seen, key), seen.end()) << route.pattern;
      seen.push_back(key);
    }
  }
}

}  // namespace
}  // namespace foyer::http
