// Fills the empty article that the server put in the page (server/pages/post_article.cpp is the only place that knows
// its markup): a filled clone is, to the letter, what the server writes for the same post.

import { setRenderedHtml } from "./live_html.ts";
import type { Post } from "./protocol.ts";
import { timeInWords } from "./words.ts";

// The post that another one answers, as far as the page knows it.
export interface AnsweredPost {
  readonly address: string;
  readonly author: string;
}

// The parts that a post has or has not.
interface Parts {
  readonly role: boolean;
  readonly score: boolean;
  readonly edited: boolean;
  readonly replyTo: boolean;
  readonly body: boolean;
  readonly tombstone: boolean;
  readonly visibleActions: boolean;
  readonly removedActions: boolean;
}

const selectors: Readonly<Record<keyof Parts, string>> = {
  role: ".post-role",
  score: ".post-score",
  edited: ".post-edited",
  replyTo: ".post-reply-to",
  body: ".post-body",
  tombstone: ".post-tombstone",
  visibleActions: ".action-reply, .action-like, .action-edit, .action-delete, .action-remove",
  removedActions: ".action-restore",
};

// What the authors known to the page gave its film: "12:8 30:10".
function scoreOf(template: HTMLTemplateElement, author: number): string | null {
  const known = (template.dataset["scores"] ?? "").split(" ").find((each) => each.startsWith(`${author}:`));
  return known?.split(":")[1] ?? null;
}

function partsOf(post: Post, score: string | null): Parts {
  const visible = post.state === "visible";
  return {
    role: post.author.role !== "member",
    score: visible && score !== null,
    edited: visible && post.edited_at !== null,
    replyTo: visible && post.reply_to !== null,
    body: visible,
    tombstone: !visible,
    visibleActions: visible,
    removedActions: post.state === "removed",
  };
}

function tombstoneText(post: Post): string {
  if (post.state === "deleted") return "Deleted by its author";
  const reason = post.removal?.reason ?? "";
  return reason === "" ? "Removed by a moderator" : `Removed by a moderator: ${reason}`;
}

// The word beside the number is for those who see no button.
export function fillLikes(article: Element, likes: number): void {
  const place = article.querySelector(".like-count");
  const word = document.createElement("span");
  word.className = "like-word";
  word.textContent = likes === 1 ? " like" : " likes";
  if (likes === 0) place?.replaceChildren();
  else place?.replaceChildren(String(likes), word);
}

class ArticleFiller {
  readonly #article: HTMLElement;

  constructor(article: HTMLElement) {
    this.#article = article;
  }

  fill(post: Post, answered: AnsweredPost | null, score: string | null): void {
    this.#identity(post);
    this.#header(post, answered);
    if (score !== null) this.#text(".post-score", ` rated it ${score} of 10`);
    this.#text(".post-tombstone", tombstoneText(post));
    const body = this.#article.querySelector(".post-body");
    if (body !== null && post.html !== null) setRenderedHtml(body, post.html);
    this.#actions(post);
  }

  #identity(post: Post): void {
    this.#article.id = `post-${post.number}`;
    this.#article.setAttribute("data-id", String(post.id));
    this.#article.setAttribute("data-number", String(post.number));
    this.#article.setAttribute("data-revision", String(post.revision));
    this.#article.setAttribute("data-state", post.state);
  }

  #header(post: Post, answered: AnsweredPost | null): void {
    this.#text(".avatar", [...post.author.name][0] ?? "");
    this.#text(".post-author a", post.author.name);
    this.#set(".post-author a", "href", `/members/${encodeURIComponent(post.author.name)}`);
    this.#text(".post-role", ` ${post.author.role}`);
    this.#set(".post-link", "href", `#post-${post.number}`);
    this.#text(".post-number", `#${post.number}`);
    this.#time(".post-link time", post.created_at);
    if (post.edited_at !== null) this.#time(".post-edited time", post.edited_at);
    if (answered !== null) {
      const name = answered.author === "" ? "" : ` ${answered.author}`;
      this.#text(".post-reply-to", ` in reply to #${post.reply_to ?? 0}${name}`);
      this.#set(".post-reply-to", "href", answered.address);
    }
  }

  #actions(post: Post): void {
    this.#set(".action-reply a", "href", `?reply_to=${post.number}#reply`);
    for (const [verb, label] of [["like", "Like"], ["unlike", "Unlike"]] as const) {
      this.#set(`.${verb}`, "formaction", `/posts/${post.id}/${verb}`);
      this.#set(`.${verb}`, "aria-label", `${label} post ${post.number} by ${post.author.name}`);
    }
    fillLikes(this.#article, post.reactions.like ?? 0);
    for (const verb of ["edit", "delete", "remove", "history"]) {
      this.#set(`.action-${verb} a`, "href", `/posts/${post.id}/${verb}`);
    }
    this.#set(".action-restore button", "formaction", `/posts/${post.id}/restore`);
  }

  #text(selector: string, text: string): void {
    const element = this.#article.querySelector(selector);
    if (element !== null) element.textContent = text;
  }

  #set(selector: string, name: string, value: string): void {
    this.#article.querySelector(selector)?.setAttribute(name, value);
  }

  #time(selector: string, rfc3339: string): void {
    this.#set(selector, "datetime", rfc3339);
    this.#text(selector, timeInWords(rfc3339));
  }
}

export function clonedArticle(template: HTMLTemplateElement): HTMLElement {
  const article = template.content.firstElementChild?.cloneNode(true);
  if (!(article instanceof HTMLElement)) throw new Error("the page has no template for posts");
  return article;
}

export function filledArticle(template: HTMLTemplateElement, post: Post, answered: AnsweredPost | null): HTMLElement {
  const article = clonedArticle(template);
  const score = scoreOf(template, post.author.id);
  const parts = partsOf(post, score);
  for (const part of Object.keys(selectors) as (keyof Parts)[]) {
    if (parts[part]) continue;
    for (const element of article.querySelectorAll(selectors[part])) element.remove();
  }
  // The script answers these two; a button that names its form makes each post the dearer to insert the more there are
  // (with 1,000 posts 1.8 ms each).
  for (const button of article.querySelectorAll(".like, .unlike")) button.removeAttribute("form");
  new ArticleFiller(article).fill(post, answered, score);
  return article;
}
