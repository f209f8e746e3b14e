// <reply-composer>: sends the form without leaving the page. The post shows at once as a row on its way; when it fails
// the row offers to try again with the same key. Without it the form inside posts by itself.

import { Refusal } from "../api.ts";
import { AnswerLine } from "../answer_line.ts";
import type { Unsent } from "../draft_store.ts";
import { DraftStore, noDraft } from "../draft_store.ts";
import { OpenComposer } from "../open_composer.ts";
import { PendingRow } from "../pending_row.ts";
import { freshPostKey } from "../post_key.ts";
import { inHand, sendUntilAnswered } from "../post_sender.ts";
import type { Posted } from "../protocol.ts";
import { keepHeight } from "../thread_rows.ts";
import type { Viewer } from "../viewer.ts";
import { currentViewer } from "../viewer.ts";
import { WritingForm } from "../writing_form.ts";
import { LiveThread } from "./live_thread.ts";

interface Parts {
  readonly writing: WritingForm;
  readonly thread: LiveThread;
  readonly viewer: Viewer;
  readonly drafts: DraftStore;
  readonly answer: AnswerLine;
  readonly open: OpenComposer;
}

export class ReplyComposer extends HTMLElement {
  #parts: Parts | null = null;

  connectedCallback(): void {
    const form = this.querySelector("form");
    const field = this.querySelector("textarea");
    const thread = this.closest("live-thread");
    const viewer = currentViewer();
    if (form === null || field === null || !(thread instanceof LiveThread) || viewer === null) return;
    const drafts = new DraftStore(viewer.id, this.#endpoint);
    const answer = new AnswerLine(thread, form, field);
    const open = new OpenComposer(this);
    // The address may say what to answer: that goes before what the draft was to answer.
    let asked = answer.number !== null;
    const writing = new WritingForm(form, field, drafts, {
      submitted: (event) => this.#submitted(event),
      written: () => {
        if (field.value !== "") thread.writing();
      },
      draftOf: (text) => (text === "" ? noDraft : { writing: text, about: answer.number }),
      take: ({ writing: text, about }) => {
        field.value = text;
        if (!asked) answer.show(about);
        asked = false;
      },
    });
    this.#parts = { writing, thread, viewer, drafts, answer, open };
    writing.start();
    answer.start();
    open.start();
    for (const post of drafts.unsent) void inHand(post.key, async () => this.#showUnsent(post));
  }

  disconnectedCallback(): void {
    this.#parts?.answer.stop();
    this.#parts?.open.stop();
    this.#parts?.writing.stop();
    this.#parts = null;
  }

  // Nobody can write here any more as who they were: says why and offers a way on. The draft stays with its writer.
  close(words: string, link: { readonly label: string; readonly address: string }): void {
    const parts = this.#parts;
    if (parts === null || parts.writing.form.hidden) return;
    parts.writing.saveDraft();
    keepHeight(this); // or the end of the page would move
    parts.writing.form.hidden = true;
    const anchor = document.createElement("a");
    anchor.href = link.address;
    anchor.textContent = link.label;
    const line = document.createElement("p");
    line.className = "invitation";
    line.setAttribute("role", "status");
    const { draft, unsent } = parts.drafts;
    line.append(`${words} `, anchor, draft.writing === "" && unsent.length === 0 ? "" : " Your draft is kept.");
    this.append(line);
  }

  get #endpoint(): string {
    return this.dataset["endpoint"] ?? "";
  }

  #submitted(event: SubmitEvent): void {
    const parts = this.#parts;
    const body = parts?.writing.field.value ?? "";
    if (parts === null || body.trim() === "") return;
    event.preventDefault();
    if (parts.writing.field.readOnly) return; // in a thread that was locked meanwhile
    const post: Unsent = { key: freshPostKey(), body, reply_to: parts.answer.number };
    parts.writing.errors.clear();
    parts.writing.preview.close();
    parts.writing.text = "";
    parts.answer.clear();
    const row = this.#addRow(post);
    if (row === null) return;
    void this.#send(post, row); // which at once says so in the row
    parts.thread.bringIntoSight(row.element);
  }

  #addRow(post: Unsent): PendingRow | null {
    const template = this.#parts?.thread.postTemplate ?? null;
    if (this.#parts === null || template === null) return null;
    const row = new PendingRow(template, this.#parts.viewer, post.body);
    this.#parts.thread.addPending(row);
    return row;
  }

  // A post of an earlier visit that never got an answer: sent again only on request. Another tab may just have sent it.
  #showUnsent(post: Unsent): void {
    if (this.#parts?.drafts.unsent.some(({ key }) => key === post.key) !== true) return;
    const row = this.#addRow(post);
    if (row !== null) this.#offer(post, row, "The connection was lost.");
  }

  async #send(post: Unsent, row: PendingRow): Promise<void> {
    const parts = this.#parts;
    if (parts === null) return;
    parts.drafts.keep(post);
    row.sending();
    parts.thread.beginSend();
    await inHand(post.key, () => this.#sendInHand(parts, post, row));
  }

  async #sendInHand(parts: Parts, post: Unsent, row: PendingRow): Promise<void> {
    let posted: Posted;
    try {
      posted = await sendUntilAnswered(this.#endpoint, post);
    } catch (error) {
      parts.thread.endSend();
      this.#failed(post, row, error);
      return;
    }
    parts.drafts.drop(post.key);
    parts.thread.finishSend(posted, row);
    if (!parts.thread.onLastPage) {
      location.assign(`/threads/${posted.post.thread_id}?at=${posted.post.number}#post-${posted.post.number}`);
    }
  }

  // What is wrong with the text goes back into the form; everything else can be tried again as it is.
  #failed(post: Unsent, row: PendingRow, error: unknown): void {
    const parts = this.#parts;
    if (parts === null) return;
    const errors = error instanceof Refusal && error.status === 422 ? error.problem?.errors : undefined;
    if (errors !== undefined && errors.length > 0) {
      row.element.remove();
      parts.drafts.drop(post.key);
      const { writing, answer } = parts;
      if (answer.number === null) answer.show(post.reply_to);
      writing.text = writing.field.value === "" ? post.body : `${post.body}\n\n${writing.field.value}`;
      writing.errors.show(errors.map(({ message }) => message));
      return;
    }
    this.#offer(post, row, error instanceof Error ? error.message : "");
    if (error instanceof Refusal && error.status === 401) LiveThread.unknownViewer();
  }

  #offer(post: Unsent, row: PendingRow, reason: string): void {
    row.failed(reason, [
      { label: "Retry", act: () => void this.#send(post, row) },
      {
        label: "Discard",
        act: () => {
          this.#parts?.drafts.drop(post.key);
          row.element.remove();
        },
      },
    ]);
  }
}
