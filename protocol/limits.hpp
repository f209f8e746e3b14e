// The bounds of the server in one place, with the behaviour when they are reached: of every queue, map, message, loop
// and wait. What a single file cuts its own lists or lines at stands there.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace foyer::limits {

using namespace std::chrono_literals;

// Requests (exceeded: 400, 413 or 431 and close). Values from OWASP ASVS practice and the contract.
inline constexpr std::size_t http_header_bytes = 16UL * 1024;
inline constexpr std::size_t http_body_bytes = 64UL * 1024;
inline constexpr auto http_header_time = 10s;   // whole header
inline constexpr auto http_body_time = 20s;     // whole body
inline constexpr auto http_handler_time = 15s;  // answered with 503 after
inline constexpr auto http_write_time = 30s;
inline constexpr auto http_idle_time = 60s;   // keep-alive
inline constexpr auto http_linger_time = 2s;  // what a refused client still sends is read and dropped this long
inline constexpr std::size_t http_linger_bytes = 256UL * 1024;
inline constexpr auto accept_pause = 100ms;                    // after a failed accept, when descriptors run out
inline constexpr std::size_t http_connections = 20'000;        // per node; further ones are closed at accept
inline constexpr std::size_t connections_per_address = 2'000;  // per node; generous as whole offices share one
inline constexpr int json_depth = 32;                          // deeper: 400

// Text (exceeded: 422 with the field). Characters are Unicode code points.
inline constexpr std::size_t post_characters = 10'000;
inline constexpr std::size_t title_characters_min = 3;
inline constexpr std::size_t title_characters = 200;
inline constexpr std::size_t name_characters_min = 2;
inline constexpr std::size_t name_characters = 30;
inline constexpr std::size_t password_characters_min = 8;
inline constexpr std::size_t password_characters = 256;
inline constexpr std::size_t email_bytes = 254;  // RFC 5321
inline constexpr std::size_t reason_characters = 500;
inline constexpr std::size_t note_characters = 2'000;
inline constexpr int sanction_days_max = 3'650;  // longer: without an end
inline constexpr std::size_t token_name_characters = 60;
inline constexpr std::size_t idempotency_key_min = 8;
inline constexpr std::size_t idempotency_key_max = 128;
inline constexpr auto idempotency_key_life = 24h;
inline constexpr std::size_t films_per_thread = 5;
inline constexpr std::size_t tokens_per_user = 20;
inline constexpr int slow_mode_seconds_max = 3'600;
inline constexpr int film_position_seconds_max = 100'000;
inline constexpr auto edit_window = 24h * 365;    // own posts may be edited for a year
inline constexpr unsigned markdown_nesting = 16;  // deeper blocks are shown as text
inline constexpr std::size_t rendered_post_bytes = 256UL * 1024;

// Lists.
inline constexpr int page_items_default = 20;
inline constexpr int page_items_max = 100;
inline constexpr int lowest_score = 1;  // of a film, in half stars
inline constexpr int highest_score = 10;
inline constexpr int posts_per_page = 50;  // thread pages, ?page=N
inline constexpr int films_per_page = 25;
inline constexpr int counted_films = 1'000;  // of a narrowed list; above it says "more than"
inline constexpr int facet_values = 100;     // of a kind, those with most films
inline constexpr int threads_per_page = 25;
inline constexpr int reviews_per_page = 20;
inline constexpr int reviews_on_film = 3;                      // beside the film, the newest
inline constexpr std::size_t review_excerpt_characters = 300;  // cut at a word
inline constexpr std::size_t snippet_characters = 200;         // of a post in a list, cut at a word
inline constexpr int feed_entries = 30;                        // of an Atom feed, the newest
inline constexpr int sitemap_addresses = 10'000;               // of one file; the protocol allows 50,000
inline constexpr auto sitemap_life = 1h;                       // that others may keep one

// Threads that look for a film, and proposals of films for a thread (exceeded: 422).
inline constexpr std::size_t clue_characters = 100;     // a country or a language
inline constexpr std::size_t scene_characters = 1'000;  // what is remembered
inline constexpr int film_proposals_per_thread = 20;    // open ones
inline constexpr int film_lookup_items = 8;             // offered while a title is typed

// Search (a longer query: 422; candidates are the newest, only they are ranked).
inline constexpr std::size_t search_characters = 200;
inline constexpr std::size_t search_words = 12;           // further words of a query are left out
inline constexpr std::size_t search_films = 3;            // film:… of a query; more: 422
inline constexpr int search_films_meant = 20;             // that one film:… may mean
inline constexpr int search_close_words = 4;              // known words that stand in for one that is spelled otherwise
inline constexpr std::size_t search_links = 20;           // films that a post is found by as it links to them
inline constexpr int search_candidates = 300;             // of one kind
inline constexpr int search_narrowed_candidates = 5'000;  // with the words, before operators narrow them
inline constexpr int search_items_default = 10;           // of each kind; a page of one kind holds page_items_default
inline constexpr auto search_time = 2s;                   // a search that takes longer: 503
inline constexpr int related_threads = 5;                 // of a film, or for a title that is being typed
inline constexpr int similar_threads = 3;                 // in the rail of a thread
inline constexpr int related_candidates = 60;             // of a reason that is judged by the words of the title
inline constexpr int related_certain = 40;                // of any other reason, the newest
inline constexpr auto related_life = 1min;                // then they are looked for again, when somebody asks
inline constexpr std::size_t related_queue = 256;         // films that wait for it, per node; further ones wait for the
                                                          // next who asks

// Import (a longer line is skipped and reported).
inline constexpr std::size_t import_line_bytes = 256UL * 1024;
inline constexpr std::size_t import_list_items = 300;  // cast, crew, genres, …
inline constexpr int import_batch_films = 500;
inline constexpr std::size_t import_reported_lines = 50;               // further bad lines and changes are only counted
inline constexpr std::size_t import_entity_bytes = 8UL * 1024 * 1024;  // of Wikidata; the largest are about half of it
inline constexpr std::size_t import_names = 500'000;     // looked up at a time; then the files of names are read again
inline constexpr std::size_t import_other_titles = 100;  // of a film, IMDb knows hundreds; the rest is dropped
inline constexpr std::size_t import_other_title_bytes = 300;  // longer ones are dropped
inline constexpr std::size_t import_told_films = 1'000'000;   // met in one import; of further ones the last line counts
inline constexpr std::size_t import_passed_over = 32;         // reasons for not taking a row that are counted apart
inline constexpr auto import_lock_time = 10min;               // for another import, or an edit
inline constexpr auto import_progress_every = 10s;            // a line, when nobody watches

// Database.
inline constexpr auto statement_time = 5s;
inline constexpr auto lock_time = 2s;  // for a row; above PostgreSQL's deadlock_timeout of 1 s; longer: 503
inline constexpr auto idle_transaction_time = 10s;
inline constexpr int connect_seconds = 2;
inline constexpr auto connection_wait = 2s;  // for a free one of the pool; longer: 503
inline constexpr std::size_t read_workers = 4;
inline constexpr std::size_t search_workers = 2;                     // apart, so that no reader waits for searches
inline constexpr std::size_t write_workers = 2;                      // apart, so that no reader waits for a writer
inline constexpr std::size_t worker_queue = 512;                     // full: 503
inline constexpr auto worker_queue_time = 2s;                        // waited longer in the queue: 503
inline constexpr auto worker_job_time = 1s;                          // queue and job took longer: 503 while it goes on
inline constexpr std::size_t cached_pages = 2'000;                   // finished pages of guests per node; the one not
inline constexpr std::size_t cached_page_bytes = 64UL << 20U;        // asked for longest goes
inline constexpr auto page_life = 10s;                               // what changes without news is seen by then
inline constexpr auto page_listening = 60s;                          // for news, after a page was last asked for
inline constexpr std::size_t shared_reads = 1'024;                   // answers under way that equal requests share;
                                                                     // further requests read alone
inline constexpr std::size_t password_queue = 32;                    // full: 503
inline constexpr auto password_queue_time = 10s;                     // a hash takes about 15 ms; waited longer: 503
inline constexpr std::size_t post_queue = 5'000;                     // posts waiting for the writer; full: 503
inline constexpr std::size_t post_queue_bytes = 64UL * 1024 * 1024;  // their text; more: 503
inline constexpr std::size_t post_queue_thread = 1'000;              // of these, of one thread; more: 503
inline constexpr std::size_t post_queue_thread_bytes = 16UL * 1024 * 1024;  // their text; more: 503
inline constexpr auto post_lock_turn = 250ms;  // waiting for a held thread's row, then the next held one has its turn;
                                               // after post_queue_time: 503
inline constexpr std::size_t post_inline_bytes = 8UL * 1024;  // of a request; prepared on the I/O thread, in some 50 µs
inline constexpr std::size_t post_batch = 500;
inline constexpr std::size_t post_batch_bytes = 2UL * 1024 * 1024;
inline constexpr auto post_queue_time = 2s;      // waited longer for the writer: 503, and it is not written
inline constexpr auto post_answer_time = 3s;     // no outcome by then: 503, and only the key tells what became of it
inline constexpr auto post_reconnect_time = 1s;  // the writer waits so long for a lost database, then answers 503
inline constexpr auto post_replay_time = 10s;    // a failed batch is replayed in parts for so long, then answers 503

// Sessions.
inline constexpr auto session_idle = 24h * 30;
inline constexpr auto session_life = 24h * 365;
inline constexpr std::size_t session_token_bytes = 32;
inline constexpr std::size_t sessions_per_user = 50;  // the oldest is ended

// Live channel.
inline constexpr std::size_t live_message_bytes = 64UL * 1024;  // larger: close 1009
inline constexpr auto live_handshake_time = 10s;
inline constexpr auto live_heartbeat = 25s;
inline constexpr auto live_peer_silence = 75s;   // no answer to a ping for that long: cut
inline constexpr auto live_ping_after = 25s;     // a silent peer is asked for a pong
inline constexpr auto live_sweep_every = 1s;     // deadlines of all sockets are looked at this often
inline constexpr auto goodbye_slot_min = 500ms;  // restart: the sockets come back spread over this span
inline constexpr auto goodbye_slot_max = 8s;
inline constexpr auto live_close_time = 5s;
inline constexpr std::size_t live_subscriptions = 100;          // per socket; further: error frame
inline constexpr std::size_t live_queue_bytes = 1024UL * 1024;  // per socket; more: close 4408
inline constexpr auto live_stall_time = 30s;                    // of a queue that moves no byte; longer: close 4408
inline constexpr int live_send_buffer = 64 * 1024;              // not sent yet, that the kernel takes per socket
inline constexpr std::size_t live_bytes_per_second =
    8UL * 1024 * 1024;                                      // from one socket, with frames that are nobody's
                                                            // message (pongs, fragments); more: close 4429
inline constexpr int live_malformed = 5;                    // in a row: close 1008
inline constexpr auto live_rights_life = 1s;                // who writes over a socket is looked up again after
inline constexpr auto rights_poll = 400ms;                  // between looks for changed rights, per node
inline constexpr std::size_t rights_poll_changes = 10'000;  // per look; more: all sockets are looked up again
inline constexpr std::size_t rights_batch = 500;            // proofs looked up in one read; further wait
inline constexpr auto rights_changes_life = 1h;             // then swept; a node that looked away longer asks for all
inline constexpr std::size_t live_pending_commands = 32;    // commands of one socket in work; more: 4429
inline constexpr int live_messages_per_minute = 240;  // per member (guest: per socket), burst a quarter; more: 4429
inline constexpr std::int64_t replay_events = 1'000;  // longer history: resync
inline constexpr std::size_t replay_page = 250;       // events per read while replaying
inline constexpr std::size_t live_replay_bytes = 256UL * 1024;  // unsent bytes of a socket above which a replay pauses
inline constexpr std::size_t live_database_reads = 2;           // of a node's live channels at a time; further wait
inline constexpr std::size_t live_channels_per_read = 16;       // whose events wait for a read travel in one
inline constexpr auto live_events_rest = 40ms;                  // between such reads; a full one starts at once
inline constexpr auto live_window_per_viewer = 30us;            // between two turns of a channel's events, so that
inline constexpr auto live_window_max = 30ms;                   // sending takes a bounded part of the node's time
inline constexpr int live_window_free_turns = 32;               // without a window, where the last gathered nothing
inline constexpr auto live_read_retry_min = 100ms;              // after a failed read of PostgreSQL, doubling
inline constexpr auto live_read_retry_max = 2s;
inline constexpr std::size_t live_channels = 100'000;                 // per node; further: error frame unavailable
inline constexpr std::size_t channel_backlog_events = replay_events;  // kept in memory per channel with viewers
inline constexpr std::size_t channel_backlog_bytes = 512UL * 1024;
inline constexpr std::size_t sequencer_held_events = 2'000;  // early events held; more: dropped and read again
inline constexpr std::size_t sequencer_held_bytes = 4UL * 1024 * 1024;
inline constexpr auto sequencer_hole_time = 50ms;       // a hole this old is read from PostgreSQL
inline constexpr auto channel_linger = 10s;             // topic kept after the last viewer left
inline constexpr auto head_check_every = 500ms;         // silent channels are compared this often
inline constexpr std::size_t head_check_batch = 5'000;  // channels per comparison, in turn
inline constexpr auto snapshot_every = 1s;              // at most one snapshot message a second
inline constexpr auto snapshot_poll = 2s;               // snapshots are read this often while Redis is away
inline constexpr auto snapshot_refresh = 15s;           // a doorbell that was lost is made good in this time
inline constexpr auto presence_every = 1s;
inline constexpr auto presence_refresh = 5s;        // a node repeats its unchanged count
inline constexpr auto presence_life = 15s;          // a node not heard for so long counts no viewers
inline constexpr std::size_t presence_nodes = 256;  // per channel
inline constexpr std::size_t typing_names = 20;     // per channel; further ones are not told
inline constexpr auto typing_life = 6s;
inline constexpr auto typing_every = 2s;  // passed on at most this often per subscription

// Proof of reach: the counts of the latest removals, in memory.
inline constexpr std::size_t reach_removals = 1'000;  // per node; more: the oldest is forgotten
inline constexpr auto reach_memory = 1h;              // a removal is forgotten after
inline constexpr std::size_t reach_nodes = 256;       // whose counts are kept; more: the one silent for longest goes
inline constexpr auto reach_every = 1s;               // a node tells its counts at most this often
inline constexpr auto reach_repeat = 2s;              // and as long as a screen owes an acknowledgement this often
inline constexpr int reach_tellings = 4;              // what changed is told so many times
inline constexpr auto reach_silence = 7s;             // a node not heard for so long: its screens were cut

// Redis link.
inline constexpr auto redis_ping_every = 2s;
inline constexpr auto redis_reply_time = 2s;
inline constexpr auto redis_connect_time = 2s;
inline constexpr auto redis_retry_min = 50ms;
inline constexpr auto redis_retry_max = 2s;
inline constexpr std::size_t redis_output_bytes = 8UL * 1024 * 1024;  // more: the message is dropped, PostgreSQL has it
inline constexpr std::size_t redis_message_bytes = 16UL * 1024 * 1024;
inline constexpr std::size_t bus_message_bytes = 1024UL * 1024;  // longer news of a channel travel in several messages

// Rate limits: tokens per minute and burst. Off with FOYER_RATE_LIMITS=off.
inline constexpr int writes_per_minute_member = 30;
inline constexpr int writes_burst_member = 15;
inline constexpr int writes_per_minute_address = 240;
inline constexpr int searches_per_minute_address = 240;  // and suggestions while a title is typed
inline constexpr int logins_per_minute_name = 10;
inline constexpr int logins_per_minute_address = 30;
inline constexpr int registrations_per_hour_address = 20;
inline constexpr std::size_t rate_buckets = 100'000;  // full: the oldest is dropped

// Shutdown: the parts of the way down, one after the other, and the end whatever hangs.
inline constexpr auto goodbye_time = 2s;     // sockets take their goodbye; the rest is cut
inline constexpr auto drain_time = 4s;       // running requests finish; the rest is cut
inline constexpr auto bus_settle_time = 1s;  // Redis takes the last news; else the other nodes read them
inline constexpr unsigned exit_seconds = 9;  // a process that hangs in its database ends by then all the same

// `foyer verify`. The command refuses to run with more than its maxima.
inline constexpr int verify_nodes_max = 64;
inline constexpr int verify_clients_max = 5'000;
inline constexpr int verify_threads_max = 64;
inline constexpr int verify_writers_max = 64;
inline constexpr int verify_seconds_max = 3'600;
inline constexpr std::size_t verify_changes_max = 200'000;      // made by one run; then it stops writing and says so
inline constexpr std::size_t verify_sightings_max = 8'000'000;  // events × clients; likewise
inline constexpr std::size_t verify_decoded_events = 20'000;    // kept so that equal messages are decoded once
inline constexpr std::size_t verify_token_bytes = 4UL * 1024;
inline constexpr std::size_t verify_answer_bytes = 64UL * 1024 * 1024;  // a page of 100 long posts is about 30 MiB
inline constexpr std::size_t verify_message_bytes = 4UL * 1024 * 1024;  // larger: the client ends the connection
inline constexpr auto verify_request_time = 20s;
inline constexpr auto verify_retry_time = 60s;   // an unanswered change is sent again so long, then it is a breach
inline constexpr auto verify_pause_max = 120s;   // a longer Retry-After ends what the writer was doing
inline constexpr auto verify_settle_time = 30s;  // after the last change every client must be at the head in that time
inline constexpr auto verify_cut_every = 200ms;  // some clients are cut this often …
inline constexpr int verify_cuts_per_client = 15;        // … so that each is cut about once in so many seconds
inline constexpr auto verify_away_max = 2s;              // and comes back after a random time up to this
inline constexpr std::size_t verify_named_breaches = 5;  // per promise or check; further ones are only counted

}  // namespace foyer::limits
