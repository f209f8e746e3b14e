// The words around the posts that change live: title, count of replies, who reads, whether it is locked, the link to
// the last page. Everything here was written by the server; this only keeps it true.

import type { PageTitle } from "./page_title.ts";
import type { Post, Thread } from "./protocol.ts";
import { showNamedFilm, showSearchState } from "./search_state.ts";
import { showScore } from "./review_score.ts";
import { keepHeight } from "./thread_rows.ts";
import { currentViewer } from "./viewer.ts";
import { countInWords, typingInWords } from "./words.ts";

export class ThreadHead {
  readonly #element: HTMLElement;
  readonly #title: PageTitle;
  readonly #postsPerPage = 50;
  #postCount: number;
  #unseen = 0;

  constructor(element: HTMLElement, title: PageTitle) {
    this.#element = element;
    this.#title = title;
    this.#postCount = Number(element.dataset["posts"] ?? 0);
  }

  get onLastPage(): boolean {
    return this.#element.dataset["page"] === this.#element.dataset["pages"];
  }

  // The number of the first post of this page.
  get firstNumber(): number {
    return (Number(this.#element.dataset["page"] ?? 1) - 1) * this.#postsPerPage + 1;
  }

  // Posts are numbered without gaps: a number above all others is a new post. Clues are a part of the first one.
  seen(post: Post): void {
    if (post.number === 1 && post.state !== "visible") document.querySelector(".clues")?.remove();
    if (post.number <= this.#postCount) return;
    this.#unseen += post.number - this.#postCount;
    this.#postCount = post.number;
    showNamedFilm(post);
    this.#writeCount();
    this.shownUpTo();
    if (!this.onLastPage) this.#writeLastPageLink(post.thread_id);
  }

  update(thread: Thread): void {
    if (this.#element.hasAttribute("data-locked") !== thread.locked) this.#lock(thread.locked);
    for (const form of document.querySelectorAll<HTMLElement>(".lock-form")) form.hidden = thread.locked;
    for (const form of document.querySelectorAll<HTMLElement>(".unlock-form")) form.hidden = !thread.locked;
    showSearchState(thread);
    const title = document.querySelector("h1.thread-title");
    if (title !== null && title.textContent !== thread.title) {
      title.textContent = thread.title;
      this.#title.words = `${thread.title} · Foyer`;
    }
    const score = document.querySelector(".thread-score > .score");
    if (score !== null) showScore(score, thread.score ?? null);
  }

  // The composer keeps its height, or the end of the page would move.
  #lock(locked: boolean): void {
    const panel = this.#element.querySelector<HTMLElement>(".composer-panel");
    if (panel !== null) keepHeight(panel);
    this.#element.toggleAttribute("data-locked", locked);
    this.#show(".locked-note", locked);
    this.#show(".locked-mark", locked);
    const field = this.#element.querySelector<HTMLTextAreaElement>(".composer textarea");
    if (field !== null) field.readOnly = locked;
  }

  readers(count: number): void {
    this.#write(".live-readers", count > 1 ? `${count} reading` : "");
  }

  typing(names: readonly string[]): void {
    const others = names.filter((name) => name !== currentViewer()?.name);
    this.#write(".live-typing", typingInWords(others));
  }

  // How far the page shows the thread. Beside the state, not in it: that is read out at each change.
  shownUpTo(): void {
    this.#write(".live-head", this.#postCount === 0 ? "" : `, up to #${this.#postCount}`);
  }

  state(words: string, state: string): void {
    const element = this.#element.querySelector<HTMLElement>(".live-state");
    if (element === null) return;
    element.dataset["state"] = state;
    this.shownUpTo();
    if (element.textContent !== words) element.textContent = words;
  }

  #writeCount(): void {
    const comments = this.#element.dataset["kind"] === "comments";
    const count = comments ? this.#postCount : Math.max(0, this.#postCount - 1);
    this.#write(
      ".reply-count",
      comments ? countInWords(count, "comment", "comments") : countInWords(count, "reply", "replies"),
    );
  }

  #writeLastPageLink(threadId: number): void {
    const link = this.#element.querySelector<HTMLAnchorElement>(".last-page-note a");
    if (link === null) return;
    link.textContent = `${countInWords(this.#unseen, "new reply", "new replies")} on the last page`;
    link.href = `/threads/${threadId}?page=${Math.ceil(this.#postCount / this.#postsPerPage)}`;
    this.#show(".last-page-note", true);
  }

  #write(selector: string, words: string): void {
    const element = this.#element.querySelector(selector);
    if (element !== null && element.textContent !== words) element.textContent = words;
  }

  #show(selector: string, shown: boolean): void {
    const element = this.#element.querySelector<HTMLElement>(selector);
    if (element !== null) element.hidden = !shown;
  }
}
