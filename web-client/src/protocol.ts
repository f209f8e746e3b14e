// What travels between the server and a live page: the types, and decoders for all that comes in. The fixtures in
// protocol/fixtures hold both sides to the same form. Names are those of the wire.

import { anything, decimal, flag, integer, list, nullable, object, oneOf, optional, text } from "./decoder.ts";
import type { Decoded } from "./decoder.ts";
import { DecodeError, decodeJson, isRecord } from "./decoder.ts";

export const user = object({ id: integer, name: text, role: oneOf("member", "moderator", "admin") });
export type User = Decoded<typeof user>;

export const post = object({
  id: integer,
  thread_id: integer,
  number: integer,
  author: user,
  body: nullable(text),
  html: nullable(text),
  reply_to: nullable(integer),
  state: oneOf("visible", "removed", "deleted"),
  removal: optional(object({ reason: text })),
  revision: integer,
  created_at: text,
  edited_at: nullable(text),
  reactions: object({ like: optional(integer) }),
});
export type Post = Decoded<typeof post>;
export type PostState = Post["state"];

export const filmLink = object({ id: integer, slug: text, title: text, year: nullable(integer) });

export const thread = object({
  id: integer,
  slug: text,
  kind: oneOf("discussion", "review", "comments", "identify", "watch_along"),
  title: text,
  post_count: integer,
  reply_count: integer,
  locked: flag,
  last_post_at: nullable(text),
  solved: nullable(filmLink),
  // Of a review: what its author gives the film.
  score: optional(nullable(integer)),
});
export type Thread = Decoded<typeof thread>;

// Threads like the one that is being started.
export const suggestions = object({ items: list(object({ thread, reason: text })) });
export type Suggestion = Decoded<typeof suggestions>["items"][number];

// What is offered while a title is typed.
export const foundFilm = object({
  id: integer,
  slug: text,
  title: text,
  year: nullable(integer),
  director: optional(nullable(text)),
});
export const foundFilms = object({ items: list(foundFilm) });
export type FoundFilm = Decoded<typeof foundFilm>;

export const posted = object({ post, seq: integer });
export type Posted = Decoded<typeof posted>;

// Posts by number; `seq` is the head of the thread's channel in the same snapshot.
export const postPage = object({ items: list(post), seq: integer });
export type PostPage = Decoded<typeof postPage>;

// Ids of posts.
export const likes = object({ liked: list(integer) });

export const session = object({ user: nullable(user) });

// How many screens that show a post's thread have applied its removal; `offline` ones apply it when they come back.
export const reach = object({ screens: integer, gone: integer, offline: integer });
export type Reach = Decoded<typeof reach>;

export const problem = object({
  title: text,
  status: integer,
  detail: optional(text),
  code: text,
  errors: optional(list(object({ field: text, code: text, message: text }))),
});
export type Problem = Decoded<typeof problem>;

const envelope = object({
  type: oneOf("event"),
  channel: text,
  seq: optional(integer),
  event: text,
  at: text,
  data: anything,
});
export type Envelope = Decoded<typeof envelope>;

// `histogram` has how many gave 1 to 10.
export const rating = object({ average: nullable(decimal), count: integer, histogram: list(integer) });
export type Rating = Decoded<typeof rating>;
// `score` is the viewer's own.
export const ownRating = object({ score: nullable(integer), rating });
export type OwnRating = Decoded<typeof ownRating>;

const excerpt = object({ thread_id: integer, digest: text });
export type Excerpt = Decoded<typeof excerpt>;

const filmNews = object({
  comments_thread_id: nullable(integer),
  threads: list(thread),
  rating,
  reviews: list(excerpt),
  related: nullable(list(excerpt)),
});
export type FilmNews = Decoded<typeof filmNews>;

const threadReaders = object({ thread_id: integer, viewers: integer });
export type ThreadReaders = Decoded<typeof threadReaders>;

// What an event says. A kind that this client does not know still counts in the sequence.
export type Change =
  | { readonly kind: "post"; readonly post: Post }
  | { readonly kind: "thread"; readonly thread: Thread }
  | { readonly kind: "film"; readonly film: FilmNews }
  | { readonly kind: "front"; readonly threads: readonly Thread[] }
  | { readonly kind: "readers"; readonly readers: readonly ThreadReaders[] }
  | { readonly kind: "unknown" };

export function decodeChange(event: Envelope): Change {
  const data = (name: string): unknown => (isRecord(event.data) ? event.data[name] : undefined);
  switch (event.event) {
    case "post.created":
    case "post.edited":
    case "post.removed":
    case "post.restored":
    case "post.deleted":
    case "post.reacted":
      return { kind: "post", post: post(data("post"), "data.post") };
    case "thread.updated":
      return { kind: "thread", thread: thread(data("thread"), "data.thread") };
    case "film.updated":
      return { kind: "film", film: filmNews(data("film"), "data.film") };
    case "front.updated":
      return { kind: "front", threads: list(thread)(data("threads"), "data.threads") };
    case "film.readers":
    case "front.readers":
      return { kind: "readers", readers: list(threadReaders)(data("readers"), "data.readers") };
    default:
      return { kind: "unknown" };
  }
}

const frames = {
  welcome: object({
    type: oneOf("welcome"),
    user: nullable(user),
  }),
  heartbeat: object({ type: oneOf("heartbeat") }),
  subscribed: object({
    type: oneOf("subscribed"),
    id: integer,
    channel: text,
    seq: optional(integer),
    viewers: integer,
    resync: optional(flag),
  }),
  unsubscribed: object({
    type: oneOf("unsubscribed"),
    id: optional(nullable(integer)),
    channel: text,
    reason: optional(text),
  }),
  event: envelope,
  presence: object({ type: oneOf("presence"), channel: text, viewers: integer, typing: list(text) }),
  posted: object({ type: oneOf("posted"), id: integer, post, seq: integer }),
  goodbye: object({ type: oneOf("goodbye"), retry_ms: integer }),
  error: object({ type: oneOf("error"), id: optional(nullable(integer)), code: text, message: text }),
};
export type ServerFrame = { [Type in keyof typeof frames]: Decoded<(typeof frames)[Type]> }[keyof typeof frames];
export type SubscribedFrame = Extract<ServerFrame, { type: "subscribed" }>;
export type PresenceFrame = Extract<ServerFrame, { type: "presence" }>;

const frameType = object({ type: text });

// Null for a type that this client does not know: a newer server may say more.
export function decodeServerFrame(json: string): ServerFrame | null {
  return decodeJson(json, (value, path) => {
    const { type } = frameType(value, path);
    return Object.hasOwn(frames, type) ? frames[type as keyof typeof frames](value, path) : null;
  });
}

const eventPage = object({ items: list(envelope), next: nullable(text), seq: integer });
export type EventPage = Decoded<typeof eventPage>;

export function decodeEventPage(json: string): EventPage {
  return decodeJson(json, eventPage);
}

export type ClientFrame =
  | { readonly type: "subscribe"; readonly id: number; readonly channel: string; readonly since?: number }
  | { readonly type: "unsubscribe"; readonly id: number; readonly channel: string }
  | { readonly type: "typing"; readonly channel: string }
  | { readonly type: "applied"; readonly channel: string; readonly seq: number };

export interface NewPost {
  readonly body: string;
  readonly reply_to?: number;
}

export { DecodeError };
