// Calls of the HTTP API. An answer is either what was asked for or a Refusal that says whether trying again can help.

import type { Decoder } from "./decoder.ts";
import { DecodeError, decodeJson, object, text } from "./decoder.ts";
import type { EventPage, FoundFilm, NewPost, OwnRating, Post, Posted, PostPage, Problem, Reach, Suggestion, User } from "./protocol.ts";
import {
  decodeEventPage,
  foundFilm,
  foundFilms,
  likes,
  ownRating,
  post,
  posted,
  postPage,
  problem,
  reach,
  session,
  suggestions,
} from "./protocol.ts";
import { currentViewer } from "./viewer.ts";

export type { FoundFilm };

export class Refusal extends Error {
  readonly status: number;
  readonly problem: Problem | null;

  constructor(status: number, message: string, problem: Problem | null) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.problem = problem;
  }
}

// The answer never came: the request may or may not have been carried out.
export class NoAnswer extends Error {
  constructor() {
    super("There is no connection to the server.");
    this.name = "NoAnswer";
  }
}

const answerTime = 20_000;

// What is written is refused when the browser's session has become another member's since the page was made.
function namedViewer({ method }: RequestInit): Record<string, string> {
  const viewer = currentViewer();
  return method === undefined || viewer === null ? {} : { "Foyer-Member": viewer.id };
}

async function call(address: string, request: RequestInit): Promise<string> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(address, {
      ...request,
      credentials: "same-origin",
      headers: { Accept: "application/json", ...namedViewer(request), ...request.headers },
      signal: request.signal ?? AbortSignal.timeout(answerTime),
    });
    body = await response.text();
  } catch {
    throw new NoAnswer();
  }
  if (response.ok) return body;
  const said = decodedOr(body, problem, null);
  throw new Refusal(response.status, said?.detail ?? said?.title ?? `The server answered ${response.status}.`, said);
}

function decodedOr<Value, Other>(body: string, decoder: Decoder<Value>, other: Other): Value | Other {
  try {
    return decodeJson(body, decoder);
  } catch (error) {
    if (error instanceof DecodeError) return other;
    throw error;
  }
}

// `endpoint` is a thread's posts or a film's comments. The same key makes the same post, however often it is sent.
export async function sendPost(endpoint: string, content: NewPost, key: string): Promise<Posted> {
  const body = await call(endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify(content),
  });
  return decodeJson(body, posted);
}

// The text as the server would render it in a post.
export async function renderPreview(body: string): Promise<string> {
  const answer = await call("/api/v1/preview", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ body }),
  });
  return decodeJson(answer, object({ html: text })).html;
}

// Likes a post, or takes that back. Resolves to the number of likes it has then.
export async function setLike(postId: number, liked: boolean): Promise<number> {
  const address = `/api/v1/posts/${postId}/reactions/like`;
  return decodeJson(await call(address, { method: liked ? "PUT" : "DELETE" }), post).reactions.like ?? 0;
}

// The posts among the `limit` after this number that the viewer likes.
export async function ownLikes(threadId: number, number: number, limit: number): Promise<readonly number[]> {
  return decodeJson(await call(`/api/v1/threads/${threadId}/likes?after=${number}&limit=${limit}`, {}), likes).liked;
}

// Rates a film for the viewer, or takes that back with null.
export async function rateFilm(filmId: number, score: number | null): Promise<OwnRating> {
  const address = `/api/v1/films/${filmId}/rating`;
  const request: RequestInit =
    score === null
      ? { method: "DELETE" }
      : { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ score }) };
  return decodeJson(await call(address, request), ownRating);
}

// Threads whose titles are like this one; `filmId` is of the film that the new one is about.
export async function threadsLike(title: string, filmId: string | null): Promise<readonly Suggestion[]> {
  const about = filmId === null ? "" : `&film=${filmId}`;
  const answer = await call(`/api/v1/threads/suggestions?title=${encodeURIComponent(title)}${about}`, {});
  return decodeJson(answer, suggestions).items;
}

// Films with these words in a title, as many as are offered at once, or the one whose page has this address.
export async function findFilms(title: string, signal: AbortSignal): Promise<readonly FoundFilm[]> {
  const id = /\/films\/(\d+)/.exec(title)?.[1];
  if (id !== undefined) return [decodeJson(await call(`/api/v1/films/${id}`, { signal }), foundFilm)];
  return decodeJson(await call(`/api/v1/films?q=${encodeURIComponent(title)}&limit=8`, { signal }), foundFilms).items;
}

export async function eventsSince(threadId: number, since: number): Promise<EventPage> {
  return decodeEventPage(await call(`/api/v1/threads/${threadId}/events?since=${since}&limit=100`, {}));
}

// Whom the server takes us for; null for a guest.
export async function whoAmI(): Promise<User | null> {
  return decodeJson(await call("/api/v1/session", {}), session).user;
}

// For moderators.
export async function reachOf(postId: number): Promise<Reach> {
  return decodeJson(await call(`/api/v1/posts/${postId}/reach`, {}), reach);
}

export async function readPost(id: number): Promise<Post> {
  return decodeJson(await call(`/api/v1/posts/${id}`, {}), post);
}

export async function editPost(id: number, body: string): Promise<Post> {
  const answer = await call(`/api/v1/posts/${id}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ body }),
  });
  return decodeJson(answer, post);
}

export async function postsAfter(threadId: number, number: number, limit: number): Promise<PostPage> {
  return decodeJson(await call(`/api/v1/threads/${threadId}/posts?after=${number}&limit=${limit}`, {}), postPage);
}

// The post of this number, or null when there is none.
export async function postByNumber(threadId: number, number: number): Promise<Post | null> {
  const found = (await postsAfter(threadId, number - 1, 1)).items[0];
  return found?.number === number ? found : null;
}
