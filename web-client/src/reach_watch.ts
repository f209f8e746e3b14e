// Tells a moderator how many screens a removal has reached: asks a few times, ever more rarely, until all are clean or
// half a minute is over.

import type { LiveEnvironment } from "./live_environment.ts";
import type { Reach } from "./protocol.ts";

// Seconds after the removal.
const asksAt = [1, 2, 4, 8, 16, 30] as const;
// Removals watched at a time; the oldest makes place.
const mostWatched = 5;

export interface RemovedPost {
  readonly id: number;
  readonly number: number;
}

export function reachInWords({ screens, gone, offline }: Reach, last: boolean): string {
  const words = `Gone from ${gone} of ${screens} ${screens === 1 ? "screen" : "screens"}`;
  if (!last) return words;
  const parts = [words];
  if (offline > 0) {
    parts.push(`${offline} ${offline === 1 ? "was offline and is" : "were offline and are"} cleaned when ${offline === 1 ? "it comes" : "they come"} back`);
  }
  const silent = screens - gone - offline;
  if (silent > 0) parts.push(`${silent} ${silent === 1 ? "has" : "have"} not answered`);
  return parts.join("; ");
}

export class ReachWatch {
  readonly #environment: LiveEnvironment;
  readonly #reachOf: (postId: number) => Promise<Reach>;
  readonly #show: (post: RemovedPost, words: string) => void;
  // The timer of each watched post, by its id.
  readonly #watched = new Map<number, number>();

  constructor(
    environment: LiveEnvironment,
    reachOf: (postId: number) => Promise<Reach>,
    show: (post: RemovedPost, words: string) => void,
  ) {
    this.#environment = environment;
    this.#reachOf = reachOf;
    this.#show = show;
  }

  watch(post: RemovedPost): void {
    this.#forget(post.id);
    const oldest = this.#watched.keys().next();
    if (this.#watched.size >= mostWatched && oldest.done !== true) this.#forget(oldest.value);
    this.#askLater(post, 0);
  }

  stop(): void {
    for (const postId of [...this.#watched.keys()]) this.#forget(postId);
  }

  #forget(postId: number): void {
    const timer = this.#watched.get(postId);
    if (timer !== undefined) this.#environment.clearTimer(timer);
    this.#watched.delete(postId);
  }

  #askLater(post: RemovedPost, turn: number): void {
    const seconds = (asksAt[turn] ?? 0) - (asksAt[turn - 1] ?? 0);
    const timer = this.#environment.setTimer(seconds * 1_000, () => void this.#ask(post, turn, timer));
    this.#watched.set(post.id, timer);
  }

  async #ask(post: RemovedPost, turn: number, timer: number): Promise<void> {
    const reach = await this.#reachOf(post.id).catch(() => null);
    // Forgotten, or watched anew, while the answer was on its way.
    if (this.#watched.get(post.id) !== timer) return;
    const last = turn === asksAt.length - 1 || (reach !== null && reach.gone + reach.offline >= reach.screens);
    if (reach !== null) this.#show(post, reachInWords(reach, last));
    if (last) {
      this.#watched.delete(post.id);
    } else {
      this.#askLater(post, turn + 1);
    }
  }
}
