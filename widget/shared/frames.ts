/** What the server pushes over a socket; tell them apart by `type`. */

import type {
  ConversationFrame,
  ListFrame,
  MessageFrame,
  PongFrame,
  PresenceFrame,
  VisitorConversationFrame,
  VisitorMessageFrame,
  VisitorPongFrame,
} from "./wire";

export type VisitorFrame = VisitorMessageFrame | VisitorConversationFrame | VisitorPongFrame;

export type PanelFrame = MessageFrame | ConversationFrame | ListFrame | PresenceFrame | PongFrame;
