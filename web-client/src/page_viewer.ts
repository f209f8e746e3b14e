// Brings a page in line with whom the server takes its viewer for.

import { LiveThread } from "./elements/live_thread.ts";
import { ReplyComposer } from "./elements/reply_composer.ts";
import type { User } from "./protocol.ts";
import type { ViewerChange } from "./session_check.ts";
import { forgetViewer, loginAddress, setViewerRole } from "./viewer.ts";

// What only the former viewer had goes, with what they were writing; their drafts are kept for them.
function takeLeave(now: User | null, ...why: Parameters<ReplyComposer["close"]>): void {
  const leave = (): void => {
    for (const composer of document.querySelectorAll("reply-composer")) {
      if (composer instanceof ReplyComposer) composer.close(...why);
    }
    forgetViewer(now);
  };
  const thread = liveThreads()[0]; // no page has two
  if (thread === undefined) leave();
  else thread.leaveViewer(leave);
}

export function liveThreads(): LiveThread[] {
  return [...document.querySelectorAll("live-thread")].filter((element) => element instanceof LiveThread);
}

// Pages that are not live are simply loaded again.
export const wholePage: ViewerChange = {
  sameMember: () => {},
  loggedOut: () => location.reload(),
  otherMember: () => location.reload(),
};

// Live pages go on as they are, without what only the former viewer had.
export const livePage: ViewerChange = {
  sameMember: ({ role }) => setViewerRole(role),
  loggedOut: () => {
    takeLeave(null, "You are logged out.", { label: "Log in to go on.", address: loginAddress() });
  },
  otherMember: (user) => {
    const link = { label: "Load the page again.", address: location.pathname + location.search };
    takeLeave(user, `You are now logged in as ${user.name}.`, link);
  },
};
