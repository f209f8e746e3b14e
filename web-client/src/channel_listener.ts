// Who follows a channel hears of it through this.

import type { Envelope, PresenceFrame, SubscribedFrame } from "./protocol.ts";

export interface ChannelListener {
  // The seq after which events are wanted, for every new subscription; null for channels without seq.
  since(): number | null;
  subscribed(frame: SubscribedFrame): void;
  event(event: Envelope): void;
  presence(frame: PresenceFrame): void;
  // The server ended the subscription: the right to it is gone, or it is refused.
  ended(reason: string): void;
}
