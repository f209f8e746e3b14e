// The link above the list: it brings the page before into the same list. With a modifier, or when the list is as long as
// it may be, it is the link that the server wrote.

import type { PostPage } from "./protocol.ts";

// As on the server (protocol/limits.hpp, posts_per_page).
const postsPerPage = 50;
// More rows do not stand in a page.
const mostRows = 1_000;

export interface EarlierReader {
  // The posts of these numbers.
  read(first: number, last: number): Promise<PostPage>;
  // Nothing was read.
  failed(): void;
  // Shows them, and makes the changes around the list, without moving the reader.
  show(page: PostPage, changes: () => void): void;
}

export class EarlierPosts {
  readonly #line: HTMLElement | null;
  readonly #link: HTMLAnchorElement | null;
  readonly #words: string;
  readonly #list: HTMLElement;
  readonly #reader: EarlierReader;
  #reading = false;

  constructor(thread: HTMLElement, list: HTMLElement, reader: EarlierReader) {
    this.#line = thread.querySelector<HTMLElement>(".earlier-posts");
    this.#link = this.#line?.querySelector("a") ?? null;
    this.#words = this.#link?.textContent ?? "";
    this.#list = list;
    this.#reader = reader;
  }

  start(): void {
    this.#link?.addEventListener("click", this.#clicked);
  }

  stop(): void {
    this.#link?.removeEventListener("click", this.#clicked);
  }

  get #firstArticle(): HTMLElement | null {
    return this.#list.querySelector<HTMLElement>("article[data-number]");
  }

  readonly #clicked = (event: MouseEvent): void => {
    const first = Number(this.#firstArticle?.dataset["number"] ?? 0);
    const full = this.#list.childElementCount + postsPerPage > mostRows;
    if (event.ctrlKey || event.metaKey || event.shiftKey || first <= 1 || full) return;
    event.preventDefault();
    if (!this.#reading) void this.#load(first);
  };

  async #load(before: number): Promise<void> {
    this.#reading = true;
    const first = Math.max(1, before - postsPerPage);
    let page: PostPage;
    try {
      page = await this.#reader.read(first, before - 1);
    } catch {
      this.#reader.failed();
      if (this.#link !== null) this.#link.textContent = `${this.#words}: no answer, try again`;
      return;
    } finally {
      this.#reading = false;
    }
    const hadFocus = this.#link === document.activeElement;
    this.#reader.show(page, () => this.#pointBefore(first));
    // The keyboard goes on at the post above the one that stood first.
    const above = this.#list.querySelector<HTMLElement>(`#post-${before - 1} .post-link`);
    if (hadFocus) above?.focus({ preventScroll: true });
  }

  // The link leads where it would load from.
  #pointBefore(first: number): void {
    if (this.#link === null) return;
    if (first <= 1) {
      this.#line?.remove();
      return;
    }
    this.#link.textContent = this.#words;
    const address = new URL(this.#link.href);
    const page = Math.ceil((first - 1) / postsPerPage);
    if (page > 1) address.searchParams.set("page", String(page));
    else address.searchParams.delete("page");
    this.#link.href = address.pathname + address.search;
  }
}
