// Edits own posts where they stand, one at a time. While the form is open the article is not touched: an edit from
// elsewhere is told in the form, only a removal ends it. Without all this Edit is a link to a page of its own.

import { NoAnswer, Refusal, editPost, readPost } from "./api.ts";
import { DraftStore, noDraft } from "./draft_store.ts";
import { EditForm, keptText } from "./edit_form.ts";
import type { Post } from "./protocol.ts";
import { currentViewer } from "./viewer.ts";

export interface EditedPosts {
  // Makes the changes without moving the reader, and shows this state of the post.
  show(post: Post, changes: () => void): void;
  // Makes changes within an article without moving the reader.
  change(changes: () => void): void;
  // The server no longer knows who writes.
  unknownViewer(): void;
}

function messagesOf(error: unknown): readonly string[] {
  const errors = error instanceof Refusal ? error.problem?.errors : undefined;
  if (errors !== undefined && errors.length > 0) return errors.map(({ message }) => message);
  return [error instanceof Error ? error.message : ""];
}

// Focus does not scroll by more than it takes to be seen.
function focusOn(element: HTMLElement | null | undefined): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "nearest", behavior: "instant" });
}

export class PostEditor {
  readonly #thread: HTMLElement;
  readonly #template: HTMLTemplateElement | null;
  readonly #posts: EditedPosts;
  #edit: { readonly form: EditForm; readonly drafts: DraftStore } | null = null;
  // The post whose text is asked for.
  #asked: string | null = null;

  constructor(thread: HTMLElement, posts: EditedPosts) {
    this.#thread = thread;
    this.#template = thread.querySelector<HTMLTemplateElement>("#edit-template");
    this.#posts = posts;
  }

  start(): void {
    this.#thread.addEventListener("click", this.#clicked);
  }

  stop(): void {
    this.#thread.removeEventListener("click", this.#clicked);
    this.leaveViewer();
  }

  // Closes what is open; the draft stays with its writer. The caller holds the reader's place.
  leaveViewer(): void {
    this.#edit?.form.close(true);
    this.#edit = null;
  }

  // True when the article of this post must stay as it is.
  holds(post: Post): boolean {
    if (this.#edit === null || this.#edit.form.id !== post.id) return false;
    if (post.state === "visible") {
      this.#edit.form.hear(post);
      return true;
    }
    this.#keepText(this.#edit.form, this.#edit.drafts);
    return false;
  }

  readonly #clicked = (event: MouseEvent): void => {
    // With a modifier the link is opened elsewhere.
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest<HTMLAnchorElement>(".action-edit a");
    const id = link?.closest<HTMLElement>("article")?.dataset["id"];
    if (link === null || id === undefined || this.#template === null || currentViewer() === null) return;
    event.preventDefault();
    void this.#ask(id, link);
  };

  async #ask(id: string, link: HTMLAnchorElement): Promise<void> {
    if (this.#asked === id || this.#edit?.form.saving === true) return;
    this.#asked = id;
    let post: Post;
    try {
      post = await readPost(Number(id));
      // A newer one may have come meanwhile.
      if (post.revision < this.#shownRevision(post)) post = await readPost(post.id);
    } catch (error) {
      // The page of its own says what is wrong, if there is a way to it.
      if (error instanceof NoAnswer) link.textContent = "Edit: no connection, try again";
      else location.assign(link.href);
      return;
    } finally {
      if (this.#asked === id) this.#asked = null;
    }
    link.textContent = "Edit";
    if (this.#asked === null) this.#open(post);
  }

  #open(post: Post): void {
    const viewer = currentViewer();
    const article = document.getElementById(`post-${post.number}`);
    if (viewer === null || this.#template === null || article?.dataset["state"] !== "visible") return;
    if (post.state !== "visible" || post.revision < this.#shownRevision(post)) return;
    if (this.#edit?.form.saving === true) return;
    if (this.#edit !== null) this.#leave(this.#edit.form, true);
    const drafts = new DraftStore(viewer.id, `/api/v1/posts/${post.id}`);
    const form = new EditForm(this.#template, article, post, drafts, {
      save: () => void this.#save(form, drafts),
      leave: (keep) => this.#leaveTo(form, keep, ".action-edit a"),
    });
    this.#edit = { form, drafts };
    this.#posts.change(() => form.open());
    form.writing.field.focus({ preventScroll: true });
    form.writing.form.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  #leave(form: EditForm, keep: boolean): void {
    this.#edit = null;
    const close = (): void => form.close(keep);
    // Of a text that it shows the article has heard more than the form: the likes.
    if (form.newest.revision > this.#shownRevision(form)) this.#posts.show(form.newest, close);
    else this.#posts.change(close);
  }

  #shownRevision({ number }: { readonly number: number }): number {
    return Number(document.getElementById(`post-${number}`)?.dataset["revision"]);
  }

  #leaveTo(form: EditForm, keep: boolean, next: string): void {
    this.#leave(form, keep);
    focusOn(document.querySelector<HTMLElement>(`#post-${form.number} ${next}`));
  }

  async #save(form: EditForm, drafts: DraftStore): Promise<void> {
    form.writing.errors.clear();
    if (form.writing.field.value === form.newest.body) {
      this.#leaveTo(form, false, ".post-link");
      return;
    }
    form.saving = true;
    let saved: Post;
    try {
      saved = await editPost(form.id, form.writing.field.value);
    } catch (error) {
      form.saving = false;
      // The form is gone when the post was removed meanwhile.
      if (this.#edit?.form === form) form.writing.errors.show(messagesOf(error));
      if (error instanceof Refusal && error.status === 401) this.#posts.unknownViewer();
      return;
    }
    if (this.#edit?.form !== form) {
      drafts.draft = noDraft;
      return;
    }
    // The event of it may have been here first, and likes after it.
    if (saved.revision > form.newest.revision) form.hear(saved);
    this.#leaveTo(form, false, ".post-link");
  }

  // What was only read is the removed text itself: of that nothing stays.
  #keepText(form: EditForm, drafts: DraftStore): void {
    const { field } = form.writing;
    const hadFocus = form.writing.form.contains(document.activeElement);
    const row = form.writing.form.closest(".post-row");
    this.#edit = null;
    form.close(true);
    if (this.#template === null || row === null) return;
    if (!form.changed) {
      if (hadFocus) row.querySelector<HTMLElement>(".post-link")?.focus({ preventScroll: true });
      return;
    }
    const box = keptText(this.#template, form.number, field.value, () => {
      drafts.draft = noDraft;
      focusOn(row.querySelector<HTMLElement>(".post-link"));
    });
    row.append(box);
    if (hadFocus) box.querySelector("textarea")?.focus({ preventScroll: true });
  }
}
