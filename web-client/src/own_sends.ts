// Keeps the events about the viewer's own posts while one of them is on its way: the answer says which post it became,
// and only then can the event be told from a post that was sent elsewhere. Everything else passes at once: events of
// others, and of own posts that have their row already, as a removal must not wait. Pure.

import type { Post } from "./protocol.ts";

export class OwnSends {
  readonly #viewer: string | undefined;
  #inFlight = 0;
  #held: Post[] = [];

  constructor(viewer: string | undefined) {
    this.#viewer = viewer;
  }

  begin(): void {
    this.#inFlight += 1;
  }

  // Ends one send, whatever became of it; returns what may be shown now, oldest first.
  end(): Post[] {
    this.#inFlight = Math.max(0, this.#inFlight - 1);
    if (this.#inFlight > 0) return [];
    const held = this.#held;
    this.#held = [];
    return held;
  }

  // The posts that may be shown at once; `shown` says which have a row.
  pass(posts: readonly Post[], shown: (post: Post) => boolean): Post[] {
    if (this.#inFlight === 0) return [...posts];
    const passed: Post[] = [];
    for (const post of posts) {
      if (String(post.author.id) === this.#viewer && !shown(post)) {
        this.#held.push(post);
      } else {
        // What was held of it is older.
        this.#held = this.#held.filter(({ id }) => id !== post.id);
        passed.push(post);
      }
    }
    return passed;
  }
}
