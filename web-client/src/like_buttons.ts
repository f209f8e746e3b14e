// The Like buttons of a thread. An article is the same for every viewer: what this one likes is a class of its row, and
// with it goes the state of the button. Without this the buttons submit a form of the page.

import { ownLikes, Refusal, setLike } from "./api.ts";
import { keepStill } from "./keep_still.ts";
import { clearNotice, showNotice } from "./notice.ts";
import type { LikesReader } from "./own_likes.ts";
import { OwnLikes } from "./own_likes.ts";
import { fillLikes } from "./post_article.ts";
import type { Post } from "./protocol.ts";
import { currentViewer } from "./viewer.ts";

// What the tabs of a browser tell each other.
interface StoredLike {
  readonly viewer: string | undefined;
  readonly postId: number;
  readonly liked: boolean;
}

export class LikeButtons implements LikesReader {
  readonly #thread: HTMLElement;
  readonly #list: HTMLElement;
  readonly #unknownViewer: () => void;
  readonly #tabs = new BroadcastChannel("foyer-likes");
  readonly #own = new OwnLikes((postId, liked) => this.#store(postId, liked), this);

  // `unknownViewer` is called when the server no longer knows who likes.
  constructor(thread: HTMLElement, list: HTMLElement, unknownViewer: () => void) {
    this.#thread = thread;
    this.#list = list;
    this.#unknownViewer = unknownViewer;
  }

  start(): void {
    for (const row of this.#list.querySelectorAll(".post-row")) this.dress(row, row);
    this.#list.addEventListener("click", this.#clicked);
    this.#tabs.addEventListener("message", this.#storedElsewhere);
  }

  stop(): void {
    this.#list.removeEventListener("click", this.#clicked);
    this.#tabs.close();
  }

  // Marks what the viewer likes of the posts from this number to that one, which have come into the list.
  async markOwn(threadId: number, first: number, last: number): Promise<void> {
    if (currentViewer() === null) return;
    const liked = await ownLikes(threadId, first - 1, last - first + 1).catch(() => []);
    for (const postId of liked) this.#own.stored(postId, true);
  }

  // Gives the button of an article the state that its row tells.
  dress(article: Element, row: Element): void {
    article.querySelector(".like")?.setAttribute("aria-pressed", String(row.classList.contains("liked")));
  }

  // The number of likes, as an event tells it, in an article that stays as it is otherwise.
  show(article: Element, post: Post): void {
    fillLikes(article, post.reactions.like ?? 0);
    this.told(post.id);
  }

  // What the page shows of the post is news, not what the viewer's last press made of it.
  told(postId: number): void {
    this.#own.told(postId);
  }

  mark(postId: number, liked: boolean): void {
    const row = this.#article(postId)?.closest(".post-row");
    if (row === null || row === undefined) return;
    row.classList.toggle("liked", liked);
    this.dress(row, row);
  }

  add(postId: number, difference: 1 | -1): void {
    const article = this.#article(postId);
    const shown = Number.parseInt(article?.querySelector(".like-count")?.textContent ?? "", 10);
    if (article !== null) fillLikes(article, Math.max(0, (Number.isNaN(shown) ? 0 : shown) + difference));
  }

  count(postId: number, likes: number): void {
    const article = this.#article(postId);
    if (article !== null) fillLikes(article, likes);
  }

  refused(error: unknown): void {
    const reason = error instanceof Error ? error.message : "";
    keepStill(this.#list, () => showNotice(this.#thread, `Not saved. ${reason}`.trim(), null));
    if (error instanceof Refusal && error.status === 401) this.#unknownViewer();
  }

  async #store(postId: number, liked: boolean): Promise<number> {
    const likes = await setLike(postId, liked);
    this.#tabs.postMessage({ viewer: currentViewer()?.id, postId, liked } satisfies StoredLike);
    return likes;
  }

  readonly #storedElsewhere = ({ data }: MessageEvent<StoredLike>): void => {
    if (data.viewer === currentViewer()?.id) this.#own.stored(data.postId, data.liked);
  };

  readonly #clicked = (event: MouseEvent): void => {
    const button = event.target instanceof Element ? event.target.closest(".like") : null;
    const article = button?.closest<HTMLElement>("article");
    if (article === null || article === undefined) return;
    event.preventDefault();
    keepStill(this.#list, () => clearNotice(this.#thread));
    const liked = article.closest(".post-row")?.classList.contains("liked") ?? false;
    this.#own.press(Number(article.dataset["id"]), liked);
  };

  #article(postId: number): HTMLElement | null {
    return this.#list.querySelector<HTMLElement>(`article[data-id="${postId}"]`);
  }
}
