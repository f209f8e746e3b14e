// Which post the next one answers: Reply on a post fills the line and the hidden field that the server put into the
// form, instead of loading the page again. What is selected in that post is quoted.

import type { LiveThread } from "./elements/live_thread.ts";
import { selectedQuotation } from "./quotation.ts";

export class AnswerLine {
  readonly #thread: LiveThread;
  readonly #field: HTMLTextAreaElement;
  readonly #line: HTMLElement | null;
  readonly #link: HTMLAnchorElement | null;
  readonly #input: HTMLInputElement | null;

  constructor(thread: LiveThread, form: HTMLFormElement, field: HTMLTextAreaElement) {
    this.#thread = thread;
    this.#field = field;
    this.#line = form.querySelector<HTMLElement>(".answering");
    this.#link = form.querySelector<HTMLAnchorElement>(".answered");
    this.#input = form.querySelector<HTMLInputElement>("input[name=reply_to]");
  }

  start(): void {
    this.#thread.addEventListener("click", this.#clicked);
    this.#field.addEventListener("keydown", this.#pressed);
  }

  stop(): void {
    this.#thread.removeEventListener("click", this.#clicked);
    this.#field.removeEventListener("keydown", this.#pressed);
  }

  get number(): number | null {
    return this.#input === null || this.#input.disabled ? null : Number(this.#input.value);
  }

  // Null: the next post answers none.
  show(number: number | null): void {
    if (number === null) this.clear();
    else this.#choose(number);
  }

  clear(): void {
    if (this.#line !== null) this.#line.hidden = true;
    if (this.#input !== null) this.#input.disabled = true;
  }

  readonly #clicked = (event: MouseEvent): void => {
    // With a modifier the link is opened elsewhere.
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest(".stop-answering") !== null) {
      event.preventDefault();
      this.clear();
      this.#field.focus();
      return;
    }
    const article = event.target.closest(".action-reply a")?.closest<HTMLElement>("article");
    const number = article?.dataset["number"];
    if (article === undefined || article === null || number === undefined) return;
    event.preventDefault();
    this.#quote(article);
    this.#choose(Number(number));
    this.#field.focus();
    // The composer has opened over the posts.
    this.#thread.bringIntoSight(article);
  };

  // Back to the posts: to the one that is answered, or the keyboard would begin at the top again.
  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    const article = this.number === null ? null : document.getElementById(`post-${this.number}`);
    if (this.#field.value === "") this.clear();
    const last = [...this.#thread.querySelectorAll<HTMLElement>(".post-link")].at(-1);
    (article?.querySelector<HTMLElement>(".post-link") ?? last)?.focus({ preventScroll: true });
  };

  #quote(article: HTMLElement): void {
    const body = article.querySelector(".post-body");
    const quotation = body === null ? "" : selectedQuotation(body);
    if (quotation === "") return;
    const before = this.#field.value === "" ? "" : `${this.#field.value.trimEnd()}\n\n`;
    this.#field.value = `${before}${quotation}\n\n`;
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A post of another page has no name here.
  #choose(number: number): void {
    if (this.#line === null || this.#link === null || this.#input === null) return;
    const author = this.#thread.querySelector(`#post-${number} .post-author`)?.textContent ?? null;
    this.#input.value = String(number);
    this.#input.disabled = false;
    this.#link.textContent = author === null ? `#${number}` : `#${number} ${author}`;
    const page = author === null ? `/threads/${this.#thread.dataset["threadId"]}?at=${number}` : "";
    this.#link.href = `${page}#post-${number}`;
    this.#line.hidden = false;
  }
}
