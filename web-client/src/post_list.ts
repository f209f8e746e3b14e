// The list of posts in the page. Every change is applied by the number of the post and can be applied twice: an answer
// to an own post, the live event and a replay may come in any order.

import { keepStill } from "./keep_still.ts";
import type { LikeButtons } from "./like_buttons.ts";
import type { PendingRow } from "./pending_row.ts";
import type { AnsweredPost } from "./post_article.ts";
import { filledArticle } from "./post_article.ts";
import type { Post } from "./protocol.ts";
import { sayRelativeTimes } from "./relative_times.ts";
import { currentViewer } from "./viewer.ts";

// Only the number of likes can be another one: what the reader has opened, selected or reached stays as it is.
function isSameText(article: HTMLElement, post: Post): boolean {
  return article.dataset["revision"] === String(post.revision) && article.dataset["state"] === post.state;
}

function nameIn(link: Element, number: number, author: string): void {
  const bare = ` in reply to #${number}`;
  if (link.textContent === bare && author !== "") link.textContent = `${bare} ${author}`;
}

export interface ListReader {
  // A new row came.
  arrived(row: HTMLElement): void;
  // True when the article of this post must stay as it is for now.
  holds(post: Post): boolean;
}

export class PostList {
  readonly #list: HTMLElement;
  readonly #template: HTMLTemplateElement;
  // From this number on posts without a row get one: on the last page the new ones, but none of an earlier page that
  // was changed. Null on the other pages, where only what is there changes.
  readonly #growsFrom: number | null;
  readonly #likes: LikeButtons;
  readonly #reader: ListReader;

  constructor(
    list: HTMLElement,
    template: HTMLTemplateElement,
    growsFrom: number | null,
    likes: LikeButtons,
    reader: ListReader,
  ) {
    this.#list = list;
    this.#template = template;
    this.#growsFrom = growsFrom;
    this.#likes = likes;
    this.#reader = reader;
  }

  // True when the post has, or now has, a row here. An older text than the one it shows changes nothing.
  apply(post: Post): boolean {
    const article = this.#article(post.number);
    if (article === null && !this.makesRowOf(post)) return false;
    if (article === null) {
      this.#reader.arrived(this.#insert(post, this.#rowAfter(post.number)));
    } else if (isSameText(article, post)) {
      this.#likes.show(article, post);
    } else if (post.revision >= Number(article.dataset["revision"]) && !this.#reader.holds(post)) {
      this.#replace(article, filledArticle(this.#template, post, this.#answered(post)), post);
    }
    return true;
  }

  // The posts before the first one, in their order. Links to them lead here from now on.
  addEarlier(posts: readonly Post[]): void {
    const first = this.#list.firstElementChild;
    for (const post of posts) {
      if (!this.has(post)) this.#insert(post, first);
    }
    for (const link of this.#list.querySelectorAll<HTMLAnchorElement>('.post-reply-to[href^="/"]')) {
      const number = Number(link.hash.replace("#post-", ""));
      if (this.#article(number) === null) continue;
      link.setAttribute("href", link.hash);
      nameIn(link, number, this.authorOf(number));
    }
  }

  has(post: Post): boolean {
    return this.#article(post.number) !== null;
  }

  // Whether the post would get a row if it had none.
  makesRowOf(post: Post): boolean {
    return this.#growsFrom !== null && post.number >= this.#growsFrom;
  }

  authorOf(number: number): string {
    return this.#article(number)?.querySelector(".post-author")?.textContent ?? "";
  }

  // Completes "in reply to #7" once it is known who wrote post 7.
  nameAnswered(post: Post, author: string): void {
    const link = this.#article(post.number)?.querySelector(".post-reply-to") ?? null;
    if (link !== null) nameIn(link, post.reply_to ?? 0, author);
  }

  // Says something for moderators below a tombstone, for as long as it is one. It stands outside the article, which is
  // the same for every viewer.
  remarkRemoval(number: number, words: string): void {
    const article = this.#article(number);
    if (article?.dataset["state"] !== "removed") return;
    let line = article.parentElement?.querySelector(".post-remark");
    if (line === null || line === undefined) {
      line = document.createElement("p");
      line.className = "post-remark moderator-only";
      article.after(line);
    }
    line.textContent = words;
  }

  addPending(row: PendingRow): void {
    this.#list.append(row.element);
  }

  // One measurement before and after however many changes.
  change(changes: () => void): void {
    keepStill(this.#list, changes);
  }

  #article(number: number): HTMLElement | null {
    const article = document.getElementById(`post-${number}`);
    return article !== null && this.#list.contains(article) ? article : null;
  }

  #answered(post: Post): AnsweredPost | null {
    if (post.reply_to === null) return null;
    const here = this.#article(post.reply_to) !== null;
    const fragment = `#post-${post.reply_to}`;
    return {
      address: here ? fragment : `/threads/${post.thread_id}?at=${post.reply_to}${fragment}`,
      author: this.authorOf(post.reply_to),
    };
  }

  // A reader whose keyboard stands in the old article goes on in the new one.
  #replace(article: HTMLElement, filled: HTMLElement, post: Post): void {
    if (article.parentElement !== null) this.#likes.dress(filled, article.parentElement);
    this.#likes.told(post.id);
    sayRelativeTimes(filled);
    if (filled.dataset["state"] !== "removed") article.parentElement?.querySelector(".post-remark")?.remove();
    // What was typed into it before it was gone: Edit has it as its draft again.
    const kept = filled.dataset["state"] === "visible" ? article.parentElement?.querySelector(".kept-text") : null;
    const held = [article, kept].some((part) => part?.contains(document.activeElement));
    const focused = held ? document.activeElement : null;
    kept?.remove();
    article.replaceWith(filled);
    if (focused === null) return;
    const again = focused.matches(".like") ? filled.querySelector<HTMLElement>(".like") : null;
    (again ?? filled.querySelector<HTMLElement>(".post-link"))?.focus({ preventScroll: true });
  }

  #insert(post: Post, before: Element | null): HTMLElement {
    const article = filledArticle(this.#template, post, this.#answered(post));
    sayRelativeTimes(article);
    const row = document.createElement("li");
    const own = String(post.author.id) === currentViewer()?.id;
    row.className = own ? "post-row own" : "post-row";
    row.dataset["author"] = String(post.author.id);
    row.append(article);
    this.#likes.dress(article, row);
    this.#list.insertBefore(row, before);
    return row;
  }

  // From the end, as nearly every new post belongs there. Rows on their way have no number and stay last.
  #rowAfter(number: number): Element | null {
    let after: Element | null = null;
    for (let row = this.#list.lastElementChild; row !== null; row = row.previousElementSibling) {
      const own = row.querySelector("article")?.dataset["number"];
      if (own !== undefined && !row.classList.contains("pending") && Number(own) < number) break;
      after = row;
    }
    return after;
  }
}
