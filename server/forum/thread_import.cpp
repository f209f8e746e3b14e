// import_threads of catalogue_import.hpp: the sample conversations of a fresh forum. They go the way of all posts, so
// that they are rendered, numbered and logged like any other; their authors are members nobody can log in as.
#include <algorithm>
#include <future>

#include "persistence/event_store.hpp"
#include "persistence/film_store.hpp"
#include "persistence/post_writer.hpp"
#include "persistence/thread_store.hpp"
#include "persistence/user_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/catalogue_import.hpp"
#include "server/forum/import_fields.hpp"
#include "server/forum/import_report.hpp"
#include "server/forum/line_reader.hpp"
#include "server/forum/posts.hpp"
#include "server/forum/text_rules.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {
namespace {

using persistence::Database;
using persistence::PostWriter;
using persistence::Transaction;

struct SampleReply {
  std::string author;
  PostRequest post;
};

struct SampleThread {
  std::string key;
  FilmId film;
  ThreadKind kind = ThreadKind::discussion;
  std::string title;
  std::string author;
  std::string body;  // of the first post
  std::vector<SampleReply> replies;
};

// What ends a line: the reason is told and the next line goes on.
template <class Value>
Value value_or_skip(Result<Value> result, const std::string& field) {
  if (!result) {
    throw BadField(field, result.error().detail);
  }
  return std::move(*result);
}

ThreadKind kind_of(const std::string& word) {
  const auto kind = thread_kind_from_word(word);
  if (!kind || *kind == ThreadKind::review) {
    throw BadField("kind", "must be discussion, comments, identify or watch_along");
  }
  return *kind;
}

FilmId film_of(Database& database, const std::string& imdb_id) {
  const auto film = database.read(
      [&](Transaction& transaction) { return persistence::find_film_by_external_id(transaction, {"imdb", imdb_id}); });
  if (!film) {
    throw BadField("film_imdb_id", "no film " + imdb_id + " in the catalogue");
  }
  return *film;
}

SampleThread read_sample(Database& database, const std::string& line) {
  const boost::json::object object = parse_import_line(line);
  const ImportFields fields(object);
  SampleThread sample;
  sample.key = fields.required_text("key", limits::idempotency_key_max - 8);
  sample.film = film_of(database, fields.required_text("film_imdb_id", 40));
  sample.kind = kind_of(fields.required_text("kind", 40));
  sample.title = fields.text("title", limits::title_characters);
  sample.author = fields.required_text("author", limits::name_characters);
  sample.body = value_or_skip(checked_body(fields.long_text("body", limits::post_characters)), "body");
  const auto replies = fields.objects("replies");
  for (std::size_t index = 0; index < replies.size(); ++index) {
    const ImportFields reply(replies[index], "replies[" + std::to_string(index) + "]");
    SampleReply read{reply.required_text("author", limits::name_characters), {}};
    const std::string body = reply.long_text("body", limits::post_characters);
    const std::string place = "replies[" + std::to_string(index) + "].";
    value_or_skip(checked_member_name(read.author), place + "author");
    read.post.body = value_or_skip(checked_body(body), place + "body");
    if (const auto number = reply.number("reply_to", 1, static_cast<int>(index) + 1)) {
      read.post.reply_to = PostNumber{*number};
    }
    sample.replies.push_back(std::move(read));
  }
  return sample;
}

class ThreadImporter {
 public:
  explicit ThreadImporter(Database& database) : database_(database), writer_(database, [](const News&) {}) {}

  void import(const SampleThread& sample);

 private:
  Actor member(const std::string& name);
  std::optional<ThreadView> find(const SampleThread& sample, const Actor& author);
  ThreadId start(const SampleThread& sample, const Actor& author);
  void post(ThreadId thread, const std::string& author, const PostRequest& request, const std::string& key);

  Database& database_;
  PostWriter writer_;
};

Actor ThreadImporter::member(const std::string& name) {
  const MemberName checked = value_or_skip(checked_member_name(name), "author");
  return database_.write([&](Transaction& transaction) {
    auto user = persistence::find_user_by_name_key(transaction, checked.key);
    if (!user) {
      persistence::NewUser wanted;
      wanted.name = checked.shown;
      wanted.name_key = checked.key;
      user = persistence::insert_user(transaction, wanted);
    }
    return Actor{user.value().user, Reach::moderating};
  });
}

// Idempotency keys live for a day only; a second import a week later must not double anything either.
std::optional<ThreadView> ThreadImporter::find(const SampleThread& sample, const Actor& author) {
  return database_.snapshot([&](Transaction& transaction) -> std::optional<ThreadView> {
    persistence::ThreadFilter filter;
    filter.film = sample.film;
    filter.kind = sample.kind;
    std::optional<persistence::ThreadPosition> after;
    do {
      const auto page = persistence::list_threads(transaction, filter, after, limits::page_items_max);
      for (const ThreadView& thread : page.items) {
        const bool same = thread.author && author.is(thread.author->id) && thread.title == sample.title;
        if (same || sample.kind == ThreadKind::comments) {
          return thread;
        }
      }
      after = page.next;
    } while (after);
    return std::nullopt;
  });
}

ThreadId ThreadImporter::start(const SampleThread& sample, const Actor& author) {
  return database_.write([&](Transaction& transaction) -> ThreadId {
    if (sample.kind == ThreadKind::comments) {
      return value_or_skip(comments_thread_for(transaction, author, sample.film), "film_imdb_id");
    }
    const StartThreadRequest request{{sample.film}, sample.kind, sample.title, sample.body};
    return value_or_skip(start_thread(transaction, author, request, sample.key + "-1"), "body").view.thread.id;
  });
}

void ThreadImporter::post(ThreadId thread, const std::string& author, const PostRequest& request,
                          const std::string& key) {
  persistence::NewPost prepared = value_or_skip(prepare_post(member(author), thread, request, key), "replies");
  std::promise<Result<Posted>> done;
  auto answer = done.get_future();
  if (!writer_.submit(std::move(prepared), [&done](Result<Posted> posted) { done.set_value(std::move(posted)); })) {
    throw BadField("replies", "the post writer takes no posts");
  }
  value_or_skip(answer.get(), "replies");
}

void ThreadImporter::import(const SampleThread& sample) {
  const Actor author = member(sample.author);
  const std::optional<ThreadView> found = find(sample, author);
  if (found && found->kind == ThreadKind::comments) {
    return;  // the film's only one, of whoever wrote there
  }
  const ThreadId thread = found ? found->id : start(sample, author);
  if (sample.kind == ThreadKind::comments) {
    post(thread, sample.author, PostRequest{sample.body, std::nullopt, std::nullopt}, sample.key + "-1");
  }
  // Where an import ended on the way, the replies behind the posts that are there.
  std::size_t next = found ? static_cast<std::size_t>(std::max<std::int64_t>(found->post_count, 1) - 1) : 0;
  for (; next < sample.replies.size(); ++next) {
    const SampleReply& reply = sample.replies[next];
    post(thread, reply.author, reply.post, sample.key + "-" + std::to_string(next + 2));
  }
}

}  // namespace

ImportReport import_threads(Database& database, const std::string& path) {
  LineReader reader(path, limits::import_line_bytes);
  ThreadImporter importer(database);
  ImportReport report;
  while (reader.next()) {
    if (is_blank(reader.line())) {
      continue;
    }
    ++report.lines;
    try {
      if (reader.too_long()) {
        throw BadField("(line)", "is too long");
      }
      importer.import(read_sample(database, reader.line()));
    } catch (const BadField& bad) {
      skip_line(report, path, reader.number(), bad.what());
    }
  }
  return report;
}

}  // namespace foyer::forum
