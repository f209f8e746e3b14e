// Brings a page in line with whom the server takes its viewer for.

import { LiveThread } from "./elements/live_thread.ts";
import { ReplyComposer } from "./elements/reply_composer.ts";
import { showNotice } from "./notice.ts";
import type { User } from "./protocol.ts";
import type { ViewerChange } from "./session_check.ts";
import { forgetViewer, loginAddress, setViewerRole } from "./viewer.ts";

function composers(): ReplyComposer[] {
  return [...document.querySelectorAll("reply-composer")].filter((element) => element instanceof ReplyComposer);
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
  sameMember: ({ role }: User) => setViewerRole(role),
  loggedOut: () => {
    forgetViewer();
    for (const composer of composers()) {
      composer.close("You are logged out.", { label: "Log in to go on.", address: loginAddress() });
    }
  },
  otherMember: ({ name }: User) => {
    forgetViewer();
    const link = { label: "Load the page again", address: location.pathname + location.search };
    for (const composer of composers()) composer.close(`You are now logged in as ${name}.`, link);
    for (const thread of liveThreads()) showNotice(thread, `You are now logged in as ${name}.`, link);
  },
};
