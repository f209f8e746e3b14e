// The rows of lists of threads: their counts change where they stand.

import { LastVisit } from "./last_visit.ts";
import type { Thread, ThreadReaders } from "./protocol.ts";
import { currentViewer } from "./viewer.ts";
import { countInWords } from "./words.ts";

// False when the row shows as much already.
export function showActivity(row: HTMLElement, thread: Thread): boolean {
  const count = row.querySelector(".row-count");
  if (count === null || Number(row.dataset["posts"]) >= thread.post_count) return false;
  row.dataset["posts"] = String(thread.post_count);
  count.textContent =
    thread.kind === "comments"
      ? countInWords(thread.reply_count, "comment", "comments")
      : countInWords(thread.reply_count, "reply", "replies");
  markRead(row);
  return true;
}

// Of the rows in `within`: those that are not named are read by one at most.
export function showReaders(within: ParentNode, readers: readonly ThreadReaders[]): void {
  const viewers = new Map(readers.map((each) => [String(each.thread_id), each.viewers]));
  for (const row of within.querySelectorAll<HTMLElement>(".thread-row")) {
    const place = row.querySelector(".row-readers");
    const count = viewers.get(row.dataset["thread"] ?? "");
    const words = count === undefined ? "" : `${count} reading`;
    if (place !== null && place.textContent !== words) place.textContent = words;
  }
}

// At each subscription: who reads is told again, and the news may come from another node, which kept an older state.
export function forgetNews(within: ParentNode): void {
  showReaders(within, []);
  for (const row of within.querySelectorAll<HTMLElement>(".thread-row")) row.dataset["at"] = "";
}

// Of the rows in `within`, one that earlier news named and these do not has lost its posts: it keeps its place and says no
// more. News name the threads of newest activity, `most` of them at most: so far down they would name it, but
// for a pinned one that is older than the others.
export function emptyGone(within: ParentNode, threads: readonly Thread[], most: number): void {
  const reached = threads.length < most ? "" : (threads.at(-1)?.last_post_at ?? "");
  for (const row of within.querySelectorAll<HTMLElement>(".thread-row")) {
    const named = threads.find(({ id }) => id === Number(row.dataset["thread"]));
    if (named) row.dataset["at"] = named.last_post_at ?? "";
    else if ((row.dataset["at"] as string) > reached) { // "" before it was named
      sayGone(row); // and it is no row of a thread, so that what comes back is new here
    }
  }
}

export function keepHeight(row: HTMLElement): void {
  row.style.minHeight = `${row.offsetHeight}px`;
}

export function sayGone(row: HTMLElement): void {
  keepHeight(row);
  row.className = "gone";
  row.textContent = "Gone from here";
}

// Tells what this reader has read apart from what is new to them.
export function markRead(row: HTMLElement): void {
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
