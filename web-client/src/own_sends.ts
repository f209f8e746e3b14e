// Keeps the events about the viewer's own posts while one of them is on its way: the answer says which post it became,
// and only then can the event be told from a post that was sent elsewhere. Events of everybody else pass at once. Pure.

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

  // The posts that may be shown at once.
  pass(posts: readonly Post[]): Post[] {
    if (this.#inFlight === 0) return [...posts];
    const passed: Post[] = [];
    for (const post of posts) {
      (String(post.author.id) === this.#viewer ? this.#held : passed).push(post);
    }
    return passed;
  }
}
