// Who looks at the page, as the server wrote it on the body; null for a guest.

import type { User } from "./protocol.ts";

export interface Viewer {
  readonly id: string;
  readonly name: string;
}

export function currentViewer(): Viewer | null {
  const { userId, userName } = document.body.dataset;
  return userId === undefined || userName === undefined ? null : { id: userId, name: userName };
}

export function viewerModerates(): boolean {
  const { role } = document.body.dataset;
  return role === "moderator" || role === "admin";
}

// What the style shows of the moderators' controls hangs on this.
export function setViewerRole(role: User["role"]): void {
  document.body.dataset["role"] = role;
}

// The address of the log-in that leads back here.
export function loginAddress(): string {
  return `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
}

// The page is nobody's any more: own and moderators' controls go, and what they liked. The bar names who is logged in
// now, or offers that.
export function forgetViewer(now: User | null): void {
  for (const name of ["userId", "userName", "role"]) delete document.body.dataset[name];
  for (const row of document.querySelectorAll(".post-row.own")) row.classList.remove("own");
  for (const row of document.querySelectorAll(".post-row.liked")) row.classList.remove("liked");
  const account = document.createElement("a");
  account.href = now === null ? loginAddress() : `/members/${encodeURIComponent(now.name)}`;
  account.textContent = now === null ? "Log in" : now.name;
  document.querySelector(".account")?.replaceChildren(account);
}
