// <live-front>: the list of what is being discussed. Counts change where they stand; that the list has become another
// one is said by a line above it, which loads it anew. Nothing moves by itself. What this reader has read is told apart.

import type { LiveConnection } from "../live_connection.ts";
import type { Thread } from "../protocol.ts";
import { SnapshotFeed } from "../snapshot_feed.ts";
import { emptyGone, forgetNews, markRead, showActivity, showReaders } from "../thread_rows.ts";
import { countInWords } from "../words.ts";

// More are not counted: whoever left the page open for days wants the list, not its sum.
const countedAtMost = 99;
const mostNamed = 20; // ListRequest in server/forum/cursor.hpp

export class LiveFront extends HTMLElement {
  static connection: LiveConnection;

  readonly #updated = new Set<number>();
  #unfollow: (() => void) | null = null;

  connectedCallback(): void {
    for (const row of this.querySelectorAll<HTMLElement>(".thread-row")) markRead(row);
    const feed = new SnapshotFeed(
      (change) => {
        if (change.kind === "front") {
          emptyGone(this, change.threads, mostNamed);
          change.threads.forEach((thread) => this.#update(thread));
        }
        if (change.kind === "readers") showReaders(this, change.readers);
      },
      () => {
        this.toggleAttribute("data-following", true);
        forgetNews(this);
      },
    );
    this.#unfollow = LiveFront.connection.follow("front", feed);
  }

  disconnectedCallback(): void {
    this.#unfollow?.();
    this.#unfollow = null;
  }

  #update(thread: Thread): void {
    const row = this.querySelector<HTMLElement>(`.thread-row[data-thread="${thread.id}"]`);
    if (row !== null && !showActivity(row, thread)) return;
    if (this.#updated.size < countedAtMost) this.#updated.add(thread.id);
    const link = this.querySelector<HTMLElement>(".front-news a");
    if (link === null) return;
    link.textContent = `${countInWords(this.#updated.size, "discussion", "discussions")} updated: show`;
    link.hidden = false;
  }
}
