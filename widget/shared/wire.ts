/* Generated from the OpenAPI document by `make wire`. Do not edit. */

export type ClientFrame = Ping | Call | Typing;
export type VisitorFrame =
  VisitorMessageFrame | VisitorConversationFrame | VisitorPongFrame | TypingFrame | AnswerFrame;
export type PanelFrame =
  MessageFrame | ConversationFrame | ListFrame | PresenceFrame | PongFrame | TypingFrame | AnswerFrame;

/**
 * `retry_after`: too_many_requests end in so many seconds (by REST the header says so, too).
 * `challenge`: what captcha_required asks for.
 */
export interface ErrorDetail {
  code:
    | "already_taken"
    | "bad_credentials"
    | "bad_json"
    | "branch_closed"
    | "captcha_required"
    | "email_taken"
    | "forbidden"
    | "in_use"
    | "internal"
    | "invalid"
    | "not_found"
    | "not_open"
    | "operator_offline"
    | "rating_over"
    | "still_open"
    | "too_large"
    | "too_many_requests"
    | "unauthorized"
    | "unavailable";
  message: string;
  field?: string;
  retry_after?: number;
  challenge?: Challenge;
}
/**
 * Send the same message again with `token` and the answer: of `question`, a sum, or of
 * `altcha`. It can be answered once, within `expires_in` seconds.
 */
export interface Challenge {
  kind: "altcha" | "arithmetic";
  token: string;
  expires_in: number;
  question: string | null;
  altcha: Altcha | null;
}
/**
 * A proof of work, as Altcha describes it: find the whole number from 0 to `maxnumber` for
 * which the SHA-256 of `salt` followed by it is `challenge`.
 */
export interface Altcha {
  algorithm: "SHA-256";
  challenge: string;
  salt: string;
  maxnumber: number;
}
/**
 * Every error, on every route.
 */
export interface ErrorAnswer {
  error: ErrorDetail;
}
/**
 * An operator as others see them.
 */
export interface Person {
  id: string;
  name: string;
}
/**
 * An operator as visitors see them; `photo` is a path on the API's domain.
 */
export interface Face {
  id: string;
  name: string;
  photo: string | null;
}
export interface Author {
  kind: "operator" | "system" | "visitor";
  id: string;
  name: string;
}
/**
 * A file that goes with a message; its link is asked for. `width` and `height` are an image's;
 * `thumbnail` tells whether there is a small JPEG of at most 480 pixels a side.
 */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  thumbnail: boolean;
}
/**
 * One message; `seq` is gapless within its conversation, from 1. One with `attachments` may
 * have an empty body.
 */
export interface Message {
  id: string;
  conversation_id: string;
  seq: number;
  direction: "in" | "note" | "out" | "system";
  author: Author;
  body: string;
  client_id: string;
  created_at: string;
  attachments?: Attachment[];
}
/**
 * Opens one socket, once, within 30 seconds: connect to `url`?ticket=`ticket`.
 */
export interface Ticket {
  ticket: string;
  url: string;
}
/**
 * An empty object.
 */
export interface Nothing {}
/**
 * Stars from 1 to 5, or from 0 to 10 how likely somebody is to recommend the company.
 */
export interface Score {
  scale: "nps" | "stars";
  score: number;
}
/**
 * The visitor may change it until then.
 */
export interface RatingGiven {
  scale: "nps" | "stars";
  score: number;
  changeable_until: string;
}
/**
 * Nobody is there: `text` says so, and an offline request can be left.
 */
export interface Offline {
  text: string;
}
export interface InboxFeatures {
  realtime: boolean;
}
/**
 * Which files an inbox takes, and how large (in bytes).
 */
export interface AttachmentRules {
  enabled: boolean;
  max_bytes: number;
  kinds: ("archive" | "document" | "image" | "media")[];
}
/**
 * In the visitor's language; what is null or empty is the widget's own.
 */
export interface WidgetAppearance {
  accent: string | null;
  side: "left" | "right";
  title: string;
  greeting: string;
}
/**
 * `rating`: on which scale visitors are asked about a conversation that has ended; null: they
 * are not. `photo` is a path on the API's domain, shown where nobody's own is.
 */
export interface WidgetInbox {
  id: string;
  name: string;
  features: InboxFeatures;
  attachments: AttachmentRules;
  rating: ("nps" | "stars") | null;
  appearance: WidgetAppearance;
  photo: string | null;
}
/**
 * A conversation as its visitor sees it. `rev` grows by one on every change. `handed_over`: it
 * is on its way from one operator to the next. `unread`: how many of the visitor's newest messages
 * no operator has read; `visitor_read`: the highest `seq` that the visitor is known to have read.
 * `requested`: it was left as an offline request, and nobody has answered yet.
 */
export interface VisitorConversation {
  id: string;
  status: "closed" | "open" | "resolved";
  seq: number;
  rev: number;
  operator: Face | null;
  handed_over: boolean;
  unread: number;
  visitor_read: number;
  requested: boolean;
  rating: RatingGiven | null;
  created_at: string;
}
/**
 * `language` is what the widget speaks.
 */
export interface BootstrapRequest {
  inbox: string;
  refresh_token?: string | null;
  language?: "en" | "ru";
}
/**
 * `messages` are the newest of the conversation, oldest first (at most 50); `socket` opens the
 * first socket; `offline` is null while somebody is there, or the conversation is open;
 * `identified`: the page has said who the visitor is; `now` is the server's clock, a device's may
 * be days off.
 */
export interface Bootstrap {
  visitor_token: string;
  refresh_token: string;
  inbox: WidgetInbox;
  conversation: VisitorConversation | null;
  messages: Message[];
  operator: Face | null;
  offline: Offline | null;
  identified: boolean;
  socket: Ticket;
  now: string;
}
/**
 * `after` is the highest `seq` up to which the client had every message of `conversation_id`
 * when it first tried to send this one. A repeat is the same request with the same `after`: what
 * was stored under the `client_id` is looked for behind it. 0 is always right and costs reading;
 * one that is ahead of the conversation is refused. Without `conversation_id` it counts as 0.
 * `captcha` answers the challenge of a refusal.
 */
export interface SendRequest {
  /**
   * A UUID chosen by the sender.
   */
  client_id: string;
  body: string;
  conversation_id?: string | null;
  after?: number;
  /**
   * Files that were uploaded and completed.
   *
   * @maxItems 10
   */
  attachments?: string[];
  captcha?: Captcha | null;
}
/**
 * The answer to a challenge.
 */
export interface Captcha {
  token: string;
  answer: string;
}
export interface Sent {
  message: Message;
  conversation: VisitorConversation;
}
/**
 * `seq`: the newest message that is on the visitor's screen, with all before it.
 */
export interface MarkSeenRequest {
  conversation_id: string;
  seq: number;
}
export interface VisitorConversationAnswer {
  conversation: VisitorConversation;
}
export interface PollRequest {
  after: number;
  conversation_id?: string | null;
}
/**
 * `messages` follow `after` without a gap (at most 100: ask again while `seq` is behind the
 * conversation's).
 */
export interface Polled {
  messages: Message[];
  conversation: VisitorConversation | null;
}
export interface HistoryRequest {
  before: number;
}
/**
 * Oldest first; at most 50 when asked `before`, 100 when asked `after`.
 */
export interface Messages {
  messages: Message[];
}
export interface RefreshRequest {
  refresh_token: string;
}
export interface VisitorTokens {
  visitor_token: string;
  refresh_token: string;
}
/**
 * The signed-in operator.
 */
export interface Operator {
  id: string;
  name: string;
  email: string;
  role: "admin" | "operator" | "supervisor";
  branch_id: string | null;
  presence: "away" | "busy" | "online";
}
export interface SignInRequest {
  email: string;
  password: string;
}
export interface Session {
  access_token: string;
  refresh_token: string;
  operator: Operator;
}
export interface PresenceRequest {
  presence: "away" | "busy" | "online";
}
export interface OperatorAnswer {
  operator: Operator;
}
export interface BranchEntry {
  id: string;
  name: string;
}
export interface InboxEntry {
  id: string;
  name: string;
  attachments: AttachmentRules;
}
/**
 * `presence` is their choice; `open` counts their open conversations; `photo` is a path on the
 * API's domain; `invited`: has no password yet, so was never here.
 */
export interface Colleague {
  id: string;
  name: string;
  role: "admin" | "operator" | "supervisor";
  branch_id: string | null;
  presence: "away" | "busy" | "online";
  open: number;
  photo: string | null;
  invited: boolean;
}
/**
 * The names behind the ids of conversations.
 */
export interface Directory {
  branches: BranchEntry[];
  inboxes: InboxEntry[];
  operators: Colleague[];
}
/**
 * `presence` is their choice, `connected` whether they have a live panel; `open` of at most
 * `capacity` conversations that routing gives.
 */
export interface TeamMember {
  id: string;
  name: string;
  presence: "away" | "busy" | "online";
  connected: boolean;
  open: number;
  capacity: number;
}
/**
 * `changes_at` is when it opens or closes next, null when it never does.
 */
export interface TeamBranch {
  id: string;
  name: string;
  open: boolean;
  changes_at: string | null;
  queued: number;
  members: TeamMember[];
}
export interface Team {
  branches: TeamBranch[];
}
/**
 * The visitor; `name` is null while nobody has told it.
 */
export interface Contact {
  id: string;
  name: string | null;
}
/**
 * The beginning of the newest public message. `file`: it has no words, and `body` is the name
 * of its first file.
 */
export interface Snippet {
  direction: "in" | "note" | "out" | "system";
  body: string;
  file?: ("file" | "image") | null;
}
/**
 * A conversation as operators see it.
 *
 * `unread` counts incoming messages the assignee has not read (until they open it: that nobody
 * has answered), `in_count` all incoming ones; `visitor_read` is the highest `seq` that the
 * visitor has read.
 * `region` is the ISO 3166-2 code (`RU-SVE`) or the country (`RU`). `may_reply` tells whether this
 * operator may write: their own conversation, or one in their branch's queue, which the first
 * reply claims. `escalates_at` is when it goes to somebody else unless its assignee opens it;
 * `alarm` why supervisors should look: nobody is left whom it could be given to, or its assignee
 * opened it and does not answer. `marked_unread`: its assignee wants to come back to it.
 * `handed_over`: a colleague had it before, and its assignee has not opened it. `requested_at` is
 * when it was left as an offline request, until somebody has answered it. `contact_rev` grows
 * whenever the visitor's page says otherwise who they are, which `…/details` then tells.
 */
export interface Conversation {
  id: string;
  inbox_id: string;
  channel: "widget";
  status: "closed" | "open" | "resolved";
  branch_id: string | null;
  assignee: Person | null;
  contact: Contact;
  contact_rev: number;
  region: string | null;
  seq: number;
  rev: number;
  in_count: number;
  unread: number;
  visitor_read: number;
  marked_unread: boolean;
  last_message: Snippet;
  may_reply: boolean;
  queued: boolean;
  handed_over: boolean;
  escalates_at: string | null;
  alarm: ("nobody_left" | "unanswered") | null;
  priority: "high" | "low" | "normal" | "urgent";
  requested_at: string | null;
  rating: RatingGiven | null;
  created_at: string;
  activity_at: string;
  waiting_since: string | null;
  assignee_assigned_at: string | null;
  assignee_opened_at: string | null;
}
/**
 * `next` is null on the last page.
 *
 * Compare `list_rev` with later ones: another number means "fetch again".
 */
export interface ConversationList {
  items: Conversation[];
  next: string | null;
  list_rev: number;
}
/**
 * What the operator works with, both as new as each other: the first pages of both tabs.
 */
export interface Lists {
  mine: ConversationList;
  queue: ConversationList;
}
/**
 * Where the visitor's address is, as the GeoIP database names it; null where it does
 * not know.
 */
export interface Place {
  country: string | null;
  subdivision: string | null;
  city: string | null;
  names: {
    [k: string]: string;
  };
  time_zone: string | null;
}
/**
 * Why the conversation went to its branch, and to its first assignee.
 *
 * `reason` names the rule that decided; `rule` is what it matched (`RU-SVE`). `assignment`
 * explains the choice of the present operator, null while queued: `considered` lists the branch's
 * operators with their open conversations then, and who of them could have had it.
 */
export interface Evidence {
  place: Place;
  reason: "city" | "country" | "inbox" | "no_region" | "no_rule" | "subdivision";
  rule: string | null;
  branch_id: string | null;
  assignment: Assignment | null;
}
/**
 * `considered` is empty when a person chose.
 */
export interface Assignment {
  operator: Person;
  assigned_at: string;
  cause: "claimed" | "escalated" | "routed" | "taken_over" | "transferred";
  considered: Considered[];
}
/**
 * `open`: how many conversations they had. `missed`: they let this one time out, or handed it
 * on.
 */
export interface Considered {
  id: string;
  name: string;
  open: number;
  standing: "away" | "busy" | "disconnected" | "eligible" | "full" | "missed" | "not_member";
}
/**
 * What happened to a conversation. `cause` says how an operator got it, why it is in a
 * queue, which priority it was given, or which facts of its contact were `corrected`
 * (`name,phone`); a null `actor` is the system. `resolved` by an operator,
 * `ended` by the visitor; a `rated` one has the `score`, with the comment as its `note`.
 */
export interface HistoryEntry {
  at: string;
  action:
    | "alerted"
    | "answered"
    | "assigned"
    | "corrected"
    | "ended"
    | "looked"
    | "prioritised"
    | "queued"
    | "rated"
    | "resolved";
  actor: Author | null;
  cause: string | null;
  from_operator: Person | null;
  to_operator: Person | null;
  from_branch_id: string | null;
  to_branch_id: string | null;
  note: string | null;
  score: Score | null;
}
/**
 * `messages` are the newest, oldest first (at most 50), `history` the newest events, newest
 * first.
 */
export interface Opened {
  conversation: Conversation;
  messages: Message[];
  evidence: Evidence;
  history: HistoryEntry[];
}
/**
 * An assignment of a branch, with the explanation.
 */
export interface Given {
  conversation_id: string;
  assignment: Assignment;
}
/**
 * `next` is null on the last page.
 */
export interface GivenList {
  items: Given[];
  next: string | null;
}
/**
 * `after`: see `SendRequest`.
 */
export interface ReplyRequest {
  /**
   * A UUID chosen by the sender.
   */
  client_id: string;
  body: string;
  after?: number;
  /**
   * Files that were uploaded and completed.
   *
   * @maxItems 10
   */
  attachments?: string[];
}
export interface Replied {
  message: Message;
  conversation: Conversation;
}
/**
 * `in_count`: the conversation's count of incoming messages at the moment they were on the
 * screen.
 */
export interface MarkReadRequest {
  in_count: number;
}
/**
 * `anyway`: also while the branch is closed.
 */
export interface TransferToBranchRequest {
  branch_id: string;
  note?: string | null;
  anyway?: boolean;
}
/**
 * `anyway`: also to somebody who is not online.
 */
export interface TransferToOperatorRequest {
  operator_id: string;
  note?: string | null;
  anyway?: boolean;
}
export interface ConversationAnswer {
  conversation: Conversation;
}
export interface Health {
  status: "ok";
}
/**
 * `detail` says by name what was measured; it is empty when the part did not answer.
 *
 * database: `round_trip_ms`. geoip: `built_at`, `age_days`, `stale` (a bool). deliveries and
 * dead_deliveries: `waiting`. timers: `waiting`, `overdue` (conversations that should have moved
 * on two minutes ago). secrets: nothing.
 */
export interface HealthPart {
  name: string;
  ok: boolean;
  detail: {
    [k: string]: string | number | boolean;
  };
}
/**
 * For admins; `failing` when any part is not ok.
 */
export interface HealthReport {
  status: "failing" | "ok";
  parts: HealthPart[];
}
/**
 * A file to be uploaded, `size` in bytes; `thumbnail_size` is that of a JPEG of at most 480
 * pixels a side which is uploaded beside an image.
 */
export interface AttachmentRequest {
  name: string;
  size: number;
  type:
    | "application/msword"
    | "application/pdf"
    | "application/rtf"
    | "application/vnd.ms-excel"
    | "application/vnd.ms-powerpoint"
    | "application/vnd.oasis.opendocument.spreadsheet"
    | "application/vnd.oasis.opendocument.text"
    | "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    | "application/zip"
    | "audio/mp4"
    | "audio/mpeg"
    | "audio/ogg"
    | "image/gif"
    | "image/jpeg"
    | "image/png"
    | "image/webp"
    | "text/csv"
    | "text/plain"
    | "video/mp4"
    | "video/quicktime"
    | "video/webm";
  thumbnail_size?: number | null;
}
/**
 * A form (multipart/form-data): post `fields`, then the file as `file`.
 */
export interface Upload {
  url: string;
  fields: {
    [k: string]: string;
  };
}
/**
 * Post the file, and its thumbnail, before `expires_at`; then complete it, then send it with a
 * message. What is not sent within a day is gone.
 */
export interface AttachmentBegun {
  attachment_id: string;
  upload: Upload;
  thumbnail_upload: Upload | null;
  expires_at: string;
}
export interface AttachmentCompleted {
  attachment: Attachment;
}
/**
 * Fetch it before `expires_at`. Pictures are shown, anything else is downloaded.
 */
export interface AttachmentLink {
  url: string;
  thumbnail_url: string | null;
  expires_at: string;
}
export interface PriorityRequest {
  priority: "high" | "low" | "normal" | "urgent";
}
/**
 * Who the visitor is. An empty address or number is not known; the number with its country's
 * code, which a Russian one may lack.
 */
export interface ContactRequest {
  name: string;
  email?: string;
  phone?: string;
}
export interface CorrectedContact {
  contact: ContactDetails;
  conversation: Conversation;
}
/**
 * How the visitor said they are called and reached; the phone as `+79123456789`.
 */
export interface ContactDetails {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
}
/**
 * `may_open`: it is this operator's to see; `last_message` is null when it is not.
 */
export interface PreviousConversation {
  id: string;
  status: "closed" | "open" | "resolved";
  branch_id: string;
  assignee: Person | null;
  created_at: string;
  last_message: Snippet | null;
  may_open: boolean;
}
/**
 * The newest first, at most ten; without the one that was asked about.
 */
export interface PreviousConversations {
  items: PreviousConversation[];
}
/**
 * `offline` as in `Bootstrap`.
 */
export interface OfflineAnswer {
  offline: Offline | null;
}
/**
 * An e-mail address or a phone number is needed; the number with its country's code, which a
 * Russian one may lack. `captcha` as in `SendRequest`.
 */
export interface OfflineRequest {
  /**
   * A UUID chosen by the sender.
   */
  client_id: string;
  name: string;
  body: string;
  email?: string;
  phone?: string;
  captcha?: Captcha | null;
}
/**
 * Who the page around the widget says the visitor is: at least one of these. Nobody has proved
 * it. The number as in `OfflineRequest`.
 */
export interface IdentifyRequest {
  name?: string;
  email?: string;
  phone?: string;
}
export interface EndRequest {
  conversation_id: string;
}
/**
 * `scale` is what the visitor was shown; without a `comment` a former one stays.
 */
export interface RateRequest {
  conversation_id: string;
  scale: "nps" | "stars";
  score: number;
  comment?: string | null;
}
/**
 * `history` as in `Opened`.
 */
export interface Details {
  contact: ContactDetails;
  history: HistoryEntry[];
}
/**
 * What the client has, so that the answer tells what it missed. A panel sends it every 25 s, a
 * widget when it has heard nothing for 90 s: each frame of a visitor's tells their whole
 * conversation.
 */
export interface Ping {
  type: "ping";
  revs?: {
    [k: string]: number;
  };
  list_rev?: number | null;
  viewing?: string | null;
}
/**
 * A route called over the socket instead of by a request; the document marks those that may be
 * with `x-socket`.
 *
 * `path` as in REST without `/api`, with its query (`/panel/conversations?tab=queue`), `token` the
 * bearer token, `body` the same body, `{}` where there is none. The answer is an AnswerFrame under
 * the `id` that the client chose. Nothing is promised that REST does not promise: without an
 * answer in time, repeat the call, here or there; after `too_large` by REST.
 */
export interface Call {
  type: "call";
  id: string;
  path: string;
  body: unknown;
  token?: string;
}
/**
 * Whoever opened the socket writes in a conversation of theirs: sent a second after the first
 * letter and every 6 s while they go on, and with `writing` false when they have emptied the
 * field. A message ends it by itself. Nothing answers but a refusal (an AnswerFrame with the id
 * null).
 */
export interface Typing {
  type: "typing";
  conversation_id: string;
  writing?: boolean;
}
/**
 * `status` and `body` are what the route answers by REST, refusals too.
 *
 * `id` is null when the client's frame could not be read so far.
 */
export interface AnswerFrame {
  type: "answer";
  id: string | null;
  status: number;
  body: unknown;
}
export interface VisitorMessageFrame {
  type: "message";
  message: Message;
  conversation: VisitorConversation;
}
export interface VisitorConversationFrame {
  type: "conversation";
  conversation: VisitorConversation;
}
/**
 * `conversations` are those whose `rev` differs from the client's: fetch their messages since
 * the last `seq`.
 */
export interface VisitorPongFrame {
  type: "pong";
  conversations: VisitorConversation[];
}
/**
 * `author` writes: forget it after 8 s without another one, when a message of theirs comes, or
 * at once when they have stopped (`writing` false).
 */
export interface TypingFrame {
  type: "typing";
  conversation_id: string;
  author: Author;
  writing: boolean;
}
export interface MessageFrame {
  type: "message";
  message: Message;
  conversation: Conversation;
}
/**
 * Something but a message changed, or a message came into a conversation that is not on this
 * screen.
 */
export interface ConversationFrame {
  type: "conversation";
  conversation: Conversation;
}
/**
 * A conversation that was this operator's went on, with its change to `rev`: to `operator`, or
 * into the branch's queue.
 */
export interface Moved {
  conversation_id: string;
  rev: number;
  operator: Person | null;
  branch_id: string;
}
/**
 * What belongs to the operator's lists changed: fetch the list again. `moved` is what has left
 * this operator, and where to.
 */
export interface ListFrame {
  type: "list";
  moved: Moved | null;
}
export interface PresenceFrame {
  type: "presence";
  operator_id: string;
  presence: "away" | "busy" | "online";
}
/**
 * `conversations` as in `VisitorPongFrame`; `list_rev` other than the client's means "fetch the
 * list again". `gone` are those of the client's that this operator may no longer see, each with
 * its `rev` now: who knows an older one forgets it.
 */
export interface PongFrame {
  type: "pong";
  conversations: Conversation[];
  gone: {
    [k: string]: number;
  };
  list_rev: number;
}
/**
 * A conversation as integrators see it, as it stood when the event was made.
 */
export interface EventConversation {
  id: string;
  inbox_id: string;
  channel: "widget";
  status: "closed" | "open" | "resolved";
  branch_id: string | null;
  region: string | null;
  contact: Contact;
  assignee: Person | null;
  created_at: string;
}
export interface ConversationData {
  conversation: EventConversation;
}
export interface MessageData {
  conversation: EventConversation;
  message: Message;
}
/**
 * A visitor's first message began a conversation; that message is an event of its own.
 */
export interface ConversationCreated {
  type: "conversation.created";
  id: string;
  timestamp: string;
  seq: number;
  data: ConversationData;
}
/**
 * An operator closed the conversation; a visitor who writes again reopens it.
 */
export interface ConversationClosed {
  type: "conversation.closed";
  id: string;
  timestamp: string;
  seq: number;
  data: ConversationData;
}
/**
 * A visitor wrote.
 */
export interface MessageIn {
  type: "message.in";
  id: string;
  timestamp: string;
  seq: number;
  data: MessageData;
}
/**
 * An operator answered.
 */
export interface MessageOut {
  type: "message.out";
  id: string;
  timestamp: string;
  seq: number;
  data: MessageData;
}
export interface Webhook {
  id: string;
  inbox_id: string;
  url: string;
  events: ("conversation.closed" | "conversation.created" | "message.in" | "message.out")[];
  enabled: boolean;
  created_at: string;
}
export interface WebhookList {
  webhooks: Webhook[];
}
export interface WebhookRequest {
  url: string;
  /**
   * @minItems 1
   */
  events: [
    "conversation.closed" | "conversation.created" | "message.in" | "message.out",
    ...("conversation.closed" | "conversation.created" | "message.in" | "message.out")[]
  ];
}
/**
 * `secret` signs what is sent; it is shown this once.
 */
export interface WebhookCreated {
  webhook: Webhook;
  secret: string;
}
/**
 * What is given is changed.
 */
export interface WebhookChange {
  url?: string | null;
  events?:
    | [
        "conversation.closed" | "conversation.created" | "message.in" | "message.out",
        ...("conversation.closed" | "conversation.created" | "message.in" | "message.out")[]
      ]
    | null;
  enabled?: boolean | null;
}
export interface WebhookAnswer {
  webhook: Webhook;
}
/**
 * `status` is null when the receiver did not answer, `error` when it took the event.
 */
export interface Attempt {
  number: number;
  at: string;
  status: number | null;
  duration_ms: number;
  error: ("connection" | "redirect" | "refused_address" | "status" | "timeout") | null;
}
/**
 * One event on its way to one webhook. `dead`: given up, and kept in the dead-letter queue.
 */
export interface Delivery {
  event_id: string;
  type: "conversation.closed" | "conversation.created" | "message.in" | "message.out";
  conversation_id: string;
  seq: number;
  status: "dead" | "delivered" | "pending";
  attempts: Attempt[];
  next_attempt_at: string | null;
  created_at: string;
}
/**
 * Newest first; `next` is null on the last page.
 */
export interface DeliveryList {
  items: Delivery[];
  next: string | null;
}
/**
 * An operator as admins see them. `invited`: has no password yet, so cannot sign in; `active`
 * false: was deactivated, cannot sign in and is given nothing; `photo` is a path on the API's
 * domain.
 */
export interface OperatorRecord {
  id: string;
  name: string;
  email: string;
  role: "admin" | "operator" | "supervisor";
  branch_id: string | null;
  capacity: number;
  active: boolean;
  invited: boolean;
  photo: string | null;
}
/**
 * Everybody, also who is inactive or invited, by name.
 */
export interface OperatorList {
  operators: OperatorRecord[];
}
/**
 * `branch_id` is null only for supervisors and admins of the whole company.
 */
export interface OperatorRequest {
  name: string;
  email: string;
  role: "admin" | "operator" | "supervisor";
  branch_id: string | null;
  /**
   * Open conversations at the same time.
   */
  capacity: number;
}
/**
 * `invitation_url` is shown this once: the page where the operator chooses a password, within
 * seven days.
 */
export interface OperatorInvited {
  operator: OperatorRecord;
  invitation_url: string;
}
/**
 * What is given is changed.
 */
export interface OperatorChange {
  name?: string;
  email?: string;
  role?: "admin" | "operator" | "supervisor";
  branch_id?: string | null;
  /**
   * Open conversations at the same time.
   */
  capacity?: number;
  active?: boolean;
}
export interface OperatorRecordAnswer {
  operator: OperatorRecord;
}
/**
 * A square JPEG, PNG or WebP picture in base64: at most 1024 pixels a side, 48,000 bytes.
 */
export interface PhotoRequest {
  image: string;
}
/**
 * Shown this once; the operator's former links are worthless.
 */
export interface InvitationMade {
  invitation_url: string;
}
export interface InvitationRequest {
  token: string;
}
/**
 * `setup` creates the first admin, whose name and address are asked; `operator` gives somebody
 * known a password.
 */
export interface Invitation {
  kind: "operator" | "setup";
  name: string | null;
  email: string | null;
}
/**
 * `email` is for `setup` only, and needed there.
 */
export interface JoinRequest {
  token: string;
  name: string;
  password: string;
  email?: string | null;
}
/**
 * From `start` until just before `end`; an `end` before `start` is on the next day. 00:00 to
 * 24:00 is the whole day; the same time twice is refused.
 */
export interface Interval {
  start: string;
  end: string;
}
/**
 * A date that differs from its weekday; without intervals it is closed. It says all of that
 * date: what runs on from the evening before ends at midnight.
 */
export interface SpecialDate {
  date: string;
  /**
   * @maxItems 10
   */
  intervals: Interval[];
}
/**
 * `week` has the seven days, Monday first.
 */
export interface Hours {
  week: Interval[][];
  /**
   * @maxItems 366
   */
  exceptions: SpecialDate[];
}
/**
 * Working hours with their zone; without hours it is always open.
 */
export interface Schedule {
  /**
   * An IANA name, such as Asia/Yekaterinburg.
   */
  time_zone: string;
  hours: Hours | null;
}
/**
 * Open is when the branch and the inbox both are; null is always open.
 */
export interface HoursPreviewRequest {
  branch?: Schedule | null;
  inbox?: Schedule | null;
}
/**
 * `changes_at` is null when it stays like this for ever.
 */
export interface HoursPreview {
  open: boolean;
  changes_at: string | null;
}
/**
 * `neighbours` help out in this order; `hours` null: always open.
 */
export interface BranchSettings {
  id: string;
  name: string;
  time_zone: string;
  neighbours: string[];
  hours: Hours | null;
}
export interface BranchRequest {
  name: string;
  /**
   * An IANA name, such as Asia/Yekaterinburg.
   */
  time_zone: string;
  /**
   * @maxItems 100
   */
  neighbours?: string[];
  hours?: Hours | null;
}
/**
 * What is given is changed; `hours` null opens it always.
 */
export interface BranchChange {
  name?: string;
  /**
   * An IANA name, such as Asia/Yekaterinburg.
   */
  time_zone?: string;
  /**
   * @maxItems 100
   */
  neighbours?: string[];
  hours?: Hours | null;
}
export interface BranchAnswer {
  branch: BranchSettings;
}
export interface DefaultBranchRequest {
  branch_id: string;
}
export interface RegionRule {
  scope: "city" | "country" | "subdivision";
  place: string;
  names: {
    [k: string]: string;
  };
  branch_id: string;
}
export interface RuleRequest {
  scope: "city" | "country" | "subdivision";
  /**
   * A country (`RU`), a subdivision (`RU-SVE`) or a city's GeoNames id.
   */
  place: string;
  branch_id: string;
}
export interface RuleAnswer {
  rule: RegionRule;
}
/**
 * A place that a rule can name; `within` is what it lies in, null for countries.
 */
export interface KnownPlace {
  scope: "city" | "country" | "subdivision";
  place: string;
  names: {
    [k: string]: string;
  };
  within: {
    [k: string]: string;
  } | null;
}
/**
 * The best matches first, at most 20.
 */
export interface KnownPlaces {
  items: KnownPlace[];
}
export interface PlaceRequest {
  country?: string | null;
  subdivision?: string | null;
  city?: string | null;
}
/**
 * Either an address or a place.
 */
export interface RouteTestRequest {
  inbox_id: string;
  address?: string | null;
  place?: PlaceRequest | null;
}
/**
 * Where a visitor from there is sent, and why (see `Evidence`).
 */
export interface RouteTest {
  place: Place;
  branch_id: string;
  reason: "city" | "country" | "inbox" | "no_region" | "no_rule" | "subdivision";
  rule: string | null;
}
/**
 * What a visitor is told while nobody answers; empty says nothing.
 */
export interface OfflineText {
  ru?: string;
  en?: string;
}
/**
 * What the first message of a conversation is answered with, in the name of who has it.
 */
export interface AutoReply {
  on?: boolean;
  ru?: string;
  en?: string;
}
/**
 * How the widget looks: `accent` is `#rrggbb`, null: its own; an empty title is the inbox's
 * name, an empty greeting the widget's own.
 */
export interface Appearance {
  accent?: string | null;
  side?: "left" | "right";
  title_ru?: string;
  title_en?: string;
  greeting_ru?: string;
  greeting_en?: string;
}
export interface Features {
  realtime?: boolean;
}
/**
 * Which files visitors and operators may send, up to how many bytes each.
 */
export interface AttachmentSettings {
  enabled?: boolean;
  max_bytes?: number;
  /**
   * @minItems 1
   */
  kinds?: ["archive" | "document" | "image" | "media", ...("archive" | "document" | "image" | "media")[]];
}
/**
 * `branch_id` null leaves conversations to the region rules; no `members`: everyone; no
 * `allowed_domains`: everywhere. `escalate_after` and `alert_after` are seconds. `offline`: shown
 * as if nobody were there, which needs a text. `rating`: how visitors are asked about what has
 * ended. `captcha` is what is asked of visitors who may be machines. `photo` is a path on the
 * API's domain. `embed` is what goes into the company's pages.
 */
export interface InboxSettings {
  id: string;
  name: string;
  branch_id: string | null;
  members: string[];
  escalate_after: number;
  alert_after: number;
  time_zone: string;
  hours: Hours | null;
  offline_text: OfflineText;
  offline: boolean;
  rating: ("nps" | "stars") | null;
  allowed_domains: string[];
  features: Features;
  attachments: AttachmentSettings;
  captcha: "altcha" | "arithmetic" | "off";
  auto_reply: AutoReply;
  appearance: Appearance;
  photo: string | null;
  embed: string;
}
/**
 * A domain is `shop.example`, `http://shop.example:8080`, or `*.shop.example` for all below.
 */
export interface InboxRequest {
  name: string;
  branch_id?: string | null;
  /**
   * @maxItems 200
   */
  members?: string[];
  escalate_after?: number;
  alert_after?: number;
  /**
   * An IANA name, such as Asia/Yekaterinburg.
   */
  time_zone?: string;
  hours?: Hours | null;
  offline_text?: OfflineText;
  offline?: boolean;
  rating?: ("nps" | "stars") | null;
  /**
   * @maxItems 50
   */
  allowed_domains?: string[];
  features?: Features;
  attachments?: AttachmentSettings;
  captcha?: "altcha" | "arithmetic" | "off";
  auto_reply?: AutoReply;
  appearance?: Appearance;
}
/**
 * What is given is changed.
 */
export interface InboxChange {
  name?: string;
  branch_id?: string | null;
  /**
   * @maxItems 200
   */
  members?: string[];
  escalate_after?: number;
  alert_after?: number;
  /**
   * An IANA name, such as Asia/Yekaterinburg.
   */
  time_zone?: string;
  hours?: Hours | null;
  offline_text?: OfflineText;
  offline?: boolean;
  rating?: ("nps" | "stars") | null;
  /**
   * @maxItems 50
   */
  allowed_domains?: string[];
  features?: Features;
  attachments?: AttachmentSettings;
  captcha?: "altcha" | "arithmetic" | "off";
  auto_reply?: AutoReply;
  appearance?: Appearance;
}
export interface InboxAnswer {
  inbox: InboxSettings;
}
export interface Settings {
  branches: BranchSettings[];
  default_branch_id: string;
  rules: RegionRule[];
  inboxes: InboxSettings[];
}
