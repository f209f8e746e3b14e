// Sends one post until there is an answer: a lost answer is asked for again with the same key, at most twice by itself.

import { NoAnswer, sendPost } from "./api.ts";
import { retryDelay } from "./backoff.ts";
import type { Unsent } from "./draft_store.ts";
import type { Posted } from "./protocol.ts";

const triesByItself = 3;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

// While one tab has this post in hand the others wait. Where the browser knows no locks, as on plain http, none does.
export async function inHand(key: string, act: () => Promise<void>): Promise<void> {
  const locks: LockManager | undefined = navigator.locks;
  await (locks === undefined ? act() : locks.request(`foyer-send:${key}`, act));
}

// Throws a Refusal when the server says no, NoAnswer when it does not say anything.
export async function sendUntilAnswered(endpoint: string, post: Unsent): Promise<Posted> {
  const content = post.reply_to === null ? { body: post.body } : { body: post.body, reply_to: post.reply_to };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sendPost(endpoint, content, post.key);
    } catch (error) {
      if (!(error instanceof NoAnswer) || attempt >= triesByItself) throw error;
      await pause(retryDelay(attempt, Math.random()));
    }
  }
}
