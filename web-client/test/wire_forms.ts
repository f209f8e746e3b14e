// The forms of everything on the wire, so that every golden fixture is held against its TypeScript reading. Of what the
// live pages decode, the fields that they read.

import type { Decoder } from "../src/decoder.ts";
import { DecodeError, anything, decimal, flag, integer, isRecord, list, nullable, object, oneOf, optional, text } from "../src/decoder.ts";
import { decodeChange, decodeEventPage, decodeServerFrame, filmLink, post, posted, problem, reach, thread, user } from "../src/protocol.ts";

function page<Value>(item: Decoder<Value>): Decoder<{ readonly items: Value[]; readonly next: string | null }> {
  return object({ items: list(item), next: nullable(text) });
}

const rating = object({ average: nullable(decimal), count: integer, histogram: list(integer) });
const credit = object({ id: integer, name: text, character: nullable(text) });
const crew = object({ id: integer, name: text, job: text });
const film = object({
  id: integer,
  slug: text,
  title: text,
  original_title: nullable(text),
  alternative_titles: list(text),
  year: nullable(integer),
  release_date: nullable(text),
  runtime_minutes: nullable(integer),
  synopsis: nullable(text),
  synopsis_source: nullable(text),
  synopsis_url: nullable(text),
  genres: list(text),
  countries: list(text),
  languages: list(text),
  cast: list(credit),
  crew: list(crew),
  external_ids: anything,
  rating,
});
const filmSummary = object({
  id: integer,
  slug: text,
  title: text,
  year: nullable(integer),
  director: nullable(text),
  countries: list(text),
  thread_count: integer,
});
const person = object({
  id: integer,
  slug: text,
  name: text,
  variants: list(text),
  filmography: list(object({ film: filmLink, job: text, character: nullable(text) })),
});
const token = object({ id: integer, name: text, scopes: list(text), created_at: text, secret: optional(text) });
const revision = object({ revision: integer, body: text, editor: user, at: text });
const moderation = object({
  id: integer,
  at: text,
  moderator: user,
  action: text,
  member: nullable(user),
  thread_id: nullable(integer),
  post_id: nullable(integer),
  post_number: nullable(integer),
  reason: nullable(text),
  note: nullable(text),
});
const sanctionKind = oneOf("silence", "ban", "lift");
const related = object({ thread, reply_count: integer, snippet: text, reason: text });

const snippet = list(object({ text, marked: flag }));

// Every whole event must also say something that the page understands.
function event(value: unknown): unknown {
  const frame = decodeServerFrame(JSON.stringify(value));
  if (frame?.type !== "event") throw new DecodeError("", "an event");
  const change = decodeChange(frame);
  if (change.kind === "unknown" && frame.event !== "front.updated") throw new DecodeError("event", "known");
  return change;
}

const clientFrames = {
  subscribe: object({ id: decimal, channel: text, since: optional(integer) }),
  unsubscribe: object({ id: integer, channel: text }),
  post: object({ id: integer, thread_id: integer, body: text, key: optional(text), reply_to: optional(nullable(integer)) }),
  typing: object({ channel: text }),
  applied: object({ channel: text, seq: integer }),
};

function clientFrame(value: unknown, path: string): unknown {
  const type = isRecord(value) ? value["type"] : undefined;
  if (typeof type !== "string" || !Object.hasOwn(clientFrames, type)) throw new DecodeError("type", "known");
  return clientFrames[type as keyof typeof clientFrames](value, path);
}

// By the `kind` of a fixture.
export const wireForms: Readonly<Record<string, Decoder<unknown>>> = {
  event,
  snapshot: event,
  server_frame: (value) => decodeServerFrame(JSON.stringify(value)) ?? fail(),
  client_frame: clientFrame,
  problem,
  "view.sanction": object({ member: user, kind: sanctionKind, until: nullable(text), reason: text }),
  "view.user": user,
  "view.post": post,
  "view.reach": reach,
  "view.thread": thread,
  "view.identification": object({
    clues: nullable(
      object({
        decade: nullable(integer),
        country: nullable(text),
        colour: oneOf("unknown", "colour", "black_and_white"),
        language: nullable(text),
        scene: nullable(text),
      }),
    ),
    answers: list(object({ post_number: integer, film: filmLink })),
    solution: nullable(integer),
    proposals: list(object({ film: filmLink, proposer: user, at: text })),
  }),
  "view.film": film,
  "view.person": person,
  "view.token": token,
  "view.profile": object({ id: integer, name: text, role: text, joined_at: text, post_count: integer, thread_count: integer }),
  "answer.event_list": (value) => decodeEventPage(JSON.stringify(value)),
  "answer.film_list": page(filmSummary),
  "answer.film_threads": object({ linked: list(thread), related: list(related) }),
  "answer.html": object({ html: text }),
  "answer.member_posts": page(post),
  "answer.moderation_log": page(moderation),
  "answer.post_list": object({ items: list(post), next: nullable(text), seq: integer }),
  "answer.posted": posted,
  "answer.revisions": page(revision),
  "answer.search": object({
    films: page(filmSummary),
    people: page(object({ id: integer, slug: text, name: text, film_count: integer, known_for: list(filmLink) })),
    threads: page(object({ thread, snippet })),
    posts: page(
      object({
        id: integer,
        thread_id: integer,
        thread_slug: text,
        thread_title: text,
        number: integer,
        author: user,
        created_at: text,
        snippet,
      }),
    ),
  }),
  "answer.session": object({ user: nullable(user) }),
  "answer.thread_list": page(thread),
  "answer.review_list": page(object({ thread, excerpt: text })),
  "answer.own_review": object({ thread, post, rating }),
  "answer.thread_started": object({ thread, post, seq: integer }),
  "answer.token_list": page(token),
  "request.change_thread": object({
    title: optional(text),
    locked: optional(flag),
    pinned: optional(flag),
    slow_mode_seconds: optional(integer),
    film_ids: optional(list(integer)),
    reason: optional(text),
  }),
  "request.create_token": object({ name: text, scopes: list(text) }),
  "request.edit_post": object({ body: text }),
  "request.login": object({ login: text, password: text }),
  "request.propose_film": object({ film_id: integer }),
  "request.solve_thread": object({ post_number: integer, film_id: integer }),
  "request.post": object({ body: text, reply_to: optional(nullable(integer)) }),
  "request.preview": object({ body: text }),
  "request.register": object({ name: text, email: text, password: text }),
  "request.remove_post": object({ reason: text, note: optional(nullable(text)), revision: optional(nullable(integer)) }),
  "request.review": object({ title: optional(text), body: text, score: integer, contains_spoilers: flag }),
  "request.sanction": object({ kind: sanctionKind, until: optional(nullable(text)), reason: text }),
  "request.start_thread": object({
    film_ids: list(integer),
    kind: oneOf("discussion", "review", "comments", "identify", "watch_along"),
    title: text,
    body: text,
    clues: optional(
      nullable(
        object({
          decade: optional(nullable(integer)),
          country: optional(nullable(text)),
          colour: optional(nullable(text)),
          language: optional(nullable(text)),
          scene: optional(nullable(text)),
        }),
      ),
    ),
  }),
};

function fail(): never {
  throw new DecodeError("type", "known");
}
