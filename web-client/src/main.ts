// Makes the page live: one connection for all of its elements. Pages without live elements open none.

import { whoAmI } from "./api.ts";
import { LiveFilm } from "./elements/live_film.ts";
import { LiveFront } from "./elements/live_front.ts";
import { LiveThread } from "./elements/live_thread.ts";
import { ReplyComposer } from "./elements/reply_composer.ts";
import { startFilmFields } from "./film_fields.ts";
import { Keys } from "./keys.ts";
import { ConnectionState, LiveConnection } from "./live_connection.ts";
import { browserEnvironment } from "./live_environment.ts";
import { PageLife } from "./page_life.ts";
import { livePage, liveThreads, wholePage } from "./page_viewer.ts";
import { RateForm } from "./rate_form.ts";
import { RelativeTimes } from "./relative_times.ts";
import { SessionCheck } from "./session_check.ts";
import { addShowPasswordButtons } from "./show_password.ts";
import { stateInWords } from "./state_words.ts";
import { suggestForTitle } from "./title_suggestions.ts";
import { refreshUnfollowedPosts } from "./unfollowed_posts.ts";
import { currentViewer } from "./viewer.ts";

const environment = browserEnvironment();
const isLive = document.querySelector("live-thread, live-front, live-film") !== null;
const session = new SessionCheck(environment, whoAmI, currentViewer, isLive ? livePage : wholePage);
const connection = new LiveConnection(
  environment,
  (state) => {
    const said = stateInWords(state);
    for (const thread of liveThreads()) {
      if (said !== null) thread.showState(said.words, said.mark);
    }
    if (state === ConnectionState.revoked) void session.ask().then(() => connection.resume());
  },
  (user) => session.heard(user),
);

LiveFilm.connection = connection;
LiveFront.connection = connection;
LiveThread.connection = connection;
LiveThread.environment = environment;
LiveThread.unknownViewer = () => void session.ask();
// A thread of comments waits for its film, which stands above it.
customElements.define("live-film", LiveFilm);
customElements.define("live-front", LiveFront);
customElements.define("live-thread", LiveThread);
customElements.define("reply-composer", ReplyComposer);

function catchUp(): void {
  for (const thread of liveThreads()) void thread.catchUp();
}

new Keys().start();
new RelativeTimes().start();
addShowPasswordButtons();
suggestForTitle();
startFilmFields();
const film = document.querySelector("live-film");
const rate = document.querySelector<HTMLFormElement>("form.rate");
if (film instanceof LiveFilm && rate !== null) new RateForm(rate, film, () => void session.ask()).start();
refreshUnfollowedPosts();
if (isLive) {
  new PageLife(connection, {
    putAway: () => liveThreads().forEach((thread) => thread.putAway()),
    returned: catchUp,
  }).start();
  connection.start();
  // The browser may have kept an old copy of the page for this way back.
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (navigation?.type === "back_forward") catchUp();
} else if (currentViewer() !== null) {
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) void session.ask();
  });
}
