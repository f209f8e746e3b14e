// Posts: prepare for the writer, read, edit, delete, history, preview. The insert itself is the batching
// PostWriter's (decision 4); everything else is one synchronous function on a transaction.
#pragma once

#include <string>
#include <vector>

#include "persistence/post_store.hpp"
#include "persistence/transaction.hpp"
#include "protocol/requests.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"
#include "server/forum/actor.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {

// Authorises, checks and renders; no database. What the rows say (open, slow mode, reply_to) the writer checks.
Result<persistence::NewPost> prepare_post(const Actor& actor, ThreadId thread, const PostRequest& request,
                                          const std::string& idempotency_key);

// The film's comments thread, made on first use. not_found for an unknown film.
Result<ThreadId> comments_thread_for(persistence::Transaction& transaction, const Actor& actor, FilmId film);

Result<PostView> read_post(persistence::Transaction& transaction, PostId post);
// Where a post stands, for redirects after a form.
struct PostPlace {
  ThreadView thread;
  PostNumber number;
  std::int64_t page_number = 1;
};
Result<PostPlace> find_place(persistence::Transaction& transaction, PostId post);
// The Markdown for the edit form: who may edit, may read it.
Result<std::string> read_body_for_edit(persistence::Transaction& transaction, const Actor& actor, PostId post);

Result<Changed<PostView>> edit_post(persistence::Transaction& transaction, const Actor& actor, PostId post,
                                    const EditPostRequest& request);
// By its author (deleted). Moderators remove instead. Deleting twice is a success without news.
Result<Changed<PostView>> delete_post(persistence::Transaction& transaction, const Actor& actor, PostId post);
Result<std::vector<RevisionView>> read_history(persistence::Transaction& transaction, const Actor& actor, PostId post);

Result<std::string> preview(const Actor& actor, const PreviewRequest& request);

}  // namespace foyer::forum
