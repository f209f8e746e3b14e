// <live-front>: the list of what is being discussed. Counts change where they stand; that the list has become another
// one is said by a line above it, which loads it anew. Nothing moves by itself. What this reader has read is told apart.

import { LastVisit } from "../last_visit.ts";
import type { LiveConnection } from "../live_connection.ts";
import type { Thread } from "../protocol.ts";
import { SnapshotFeed } from "../snapshot_feed.ts";
import { currentViewer } from "../viewer.ts";
import { countInWords } from "../words.ts";

// More are not counted: whoever left the page open for days wants the list, not its sum.
const countedAtMost = 99;

export class LiveFront extends HTMLElement {
  static connection: LiveConnection;

  readonly #updated = new Set<number>();
  #unfollow: (() => void) | null = null;

  connectedCallback(): void {
    for (const row of this.querySelectorAll<HTMLElement>(".thread-row")) this.#markRead(row);
    const feed = new SnapshotFeed(
      (change) => {
        if (change.kind === "front") change.threads.forEach((thread) => this.#update(thread));
      },
      () => this.toggleAttribute("data-following", true),
    );
    this.#unfollow = LiveFront.connection.follow("front", feed);
  }

  disconnectedCallback(): void {
    this.#unfollow?.();
    this.#unfollow = null;
  }

  #update(thread: Thread): void {
    const row = this.querySelector<HTMLElement>(`.thread-row[data-thread="${thread.id}"]`);
    if (row !== null && Number(row.dataset["posts"]) >= thread.post_count) return;
    if (this.#updated.size < countedAtMost) this.#updated.add(thread.id);
    const link = this.querySelector<HTMLElement>(".front-news a");
    if (link !== null) {
      link.textContent = `${countInWords(this.#updated.size, "discussion", "discussions")} updated: show`;
      link.hidden = false;
    }
    const count = row?.querySelector(".row-count");
    if (row === null || count === null || count === undefined) return;
    row.dataset["posts"] = String(thread.post_count);
    count.textContent =
      thread.kind === "comments"
        ? countInWords(thread.reply_count, "comment", "comments")
        : countInWords(thread.reply_count, "reply", "replies");
    this.#markRead(row);
  }

  #markRead(row: HTMLElement): void {
    const last = new LastVisit(currentViewer()?.id ?? "guest", Number(row.dataset["thread"])).number;
    if (last === null) return;
    const unread = Number(row.dataset["posts"]) - last;
    row.classList.toggle("read", unread <= 0);
    const known = row.querySelector(".row-new");
    if (unread <= 0) {
      known?.remove();
      return;
    }
    const mark = known ?? document.createElement("span");
    mark.className = "row-new";
    mark.textContent = ` ${unread} new`;
    row.querySelector(".meta")?.append(mark);
  }
}
