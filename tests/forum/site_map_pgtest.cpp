#include "protocol/limits.hpp"
#include "server/forum/site_map.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

class SiteMap : public samples::ForumWorld {
 protected:
  std::vector<SiteMapPage> part(SiteMapKind kind, std::int64_t number = 1) {
    return look(read_site_map_part, kind, number).value();
  }
  using Parts = std::vector<std::int64_t>;
};

TEST_F(SiteMap, ListsThreadsWithAVisibleFirstPostAndFilmsAsOfTheirLastComment) {
  const auto shown = start(mira, "Shown").value().view;
  const auto gone = start(mira, "Gone").value().view;
  const PostId answer = reply(tomas, shown.thread.id, "An answer.").value().post.id;
  ASSERT_TRUE(remove(gone.post.id));
  ASSERT_TRUE(remove(answer));
  EXPECT_FALSE(part(SiteMapKind::films).at(0).changed_at);
  const auto comment = reply(tomas, act(comments_thread_for, tomas, film).value(), "A comment.").value();
  const auto threads = part(SiteMapKind::threads);
  ASSERT_EQ(threads.size(), 1u) << "neither the removed one nor the comments";
  EXPECT_EQ(threads.at(0).id, shown.thread.id.value);
  EXPECT_EQ(threads.at(0).slug, "shown");
  EXPECT_TRUE(threads.at(0).changed_at);
  const auto films = part(SiteMapKind::films);
  ASSERT_EQ(films.size(), 1u);
  EXPECT_EQ(films.at(0).slug, "the-cranes-are-flying");
  EXPECT_EQ(films.at(0).changed_at, comment.post.created_at);
}

TEST_F(SiteMap, NamesNoPartWithoutAPage) {
  const auto headless = start(mira, "Headless").value().view;
  ASSERT_TRUE(reply(tomas, headless.thread.id, "An answer.").has_value());
  EXPECT_EQ(look(read_site_map).threads, Parts{1});
  ASSERT_TRUE(remove(headless.post.id));
  EXPECT_EQ(look(read_site_map).threads, Parts{});
}

TEST_F(SiteMap, IsCutByIdsAndLeapsOverHoles) {
  add_film(R"({"title":"Film","imdb_id":"tt1","directors":["Aino Merikanto"]})");
  EXPECT_EQ(look(read_site_map), (SiteMapParts{{1}, {}, {1}}));
  EXPECT_EQ(part(SiteMapKind::people).at(0).slug, "aino-merikanto");
  for (const std::int64_t id :
       {limits::sitemap_addresses, limits::sitemap_addresses + 1, 7 * limits::sitemap_addresses}) {
    sql("insert into films (id, slug, title, search_key) values (" + std::to_string(id) + ", 's', 't', 't')");
  }
  EXPECT_EQ(look(read_site_map).films, (Parts{1, 2, 7}));
  EXPECT_EQ(part(SiteMapKind::films, 1).size(), 3u);
  EXPECT_EQ(part(SiteMapKind::films, 2).at(0).id, limits::sitemap_addresses + 1);
  EXPECT_EQ(part(SiteMapKind::films, 7).size(), 1u);
  for (const std::int64_t none : {0L, 3L, 8L, 9'223'372'036'854'775'807L}) {
    EXPECT_EQ(samples::code_of(look(read_site_map_part, SiteMapKind::films, none)), ErrorCode::not_found) << none;
  }
}

}  // namespace
}  // namespace foyer::forum
