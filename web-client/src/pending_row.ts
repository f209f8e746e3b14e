// The row of a post that is on its way: shown at once, replaced by the post itself, or kept with a way to try again.

import { clonedArticle } from "./post_article.ts";

export class PendingRow {
  readonly element: HTMLLIElement;
  readonly #note: HTMLParagraphElement;

  constructor(template: HTMLTemplateElement, author: { id: string; name: string }, body: string) {
    const article = clonedArticle(template);
    article.removeAttribute("id");
    for (const part of article.querySelectorAll(
      ".post-role, .post-edited, .post-reply-to, .post-tombstone, .post-actions, .post-link",
    )) {
      part.remove();
    }
    const text = article.querySelector(".post-body");
    if (text !== null) {
      text.classList.add("as-written");
      text.textContent = body;
    }
    const avatar = article.querySelector(".avatar");
    if (avatar !== null) avatar.textContent = [...author.name][0] ?? "";
    const name = article.querySelector(".post-author");
    if (name !== null) name.textContent = author.name;
    this.#note = document.createElement("p");
    this.#note.className = "pending-note";
    this.#note.setAttribute("role", "status");
    article.append(this.#note);
    this.element = document.createElement("li");
    this.element.className = "post-row own pending";
    this.element.dataset["author"] = author.id;
    this.element.append(article);
  }

  sending(): void {
    this.element.classList.remove("failed");
    this.#note.replaceChildren("Sending…");
  }

  // Says why and offers what can be done about it.
  failed(reason: string, actions: readonly { label: string; act: () => void }[]): void {
    this.element.classList.add("failed");
    const buttons = actions.map(({ label, act }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", act);
      return button;
    });
    this.#note.replaceChildren(`Not sent. ${reason} `, ...buttons);
  }
}
