/** The routes of the company's settings, one function each. */

import type {
  BranchAnswer,
  BranchRequest,
  HoursPreview,
  HoursPreviewRequest,
  InboxAnswer,
  InboxRequest,
  InvitationMade,
  KnownPlaces,
  Nothing,
  OperatorChange,
  OperatorInvited,
  OperatorList,
  OperatorRecordAnswer,
  OperatorRequest,
  PhotoRequest,
  RouteTest,
  RouteTestRequest,
  RuleAnswer,
  RuleRequest,
  Settings,
} from "@shared/wire";
import { callSettings as call } from "../session/call";

const one = (kind: string, id: string) => `/${kind}/${encodeURIComponent(id)}`;

export const fetchSettings = () => call<Settings>("");

export const postBranch = (body: BranchRequest) => call<BranchAnswer>("/branches", { body });

export const patchBranch = (id: string, body: BranchRequest) =>
  call<BranchAnswer>(one("branches", id), { method: "PATCH", body });

export const deleteBranch = (id: string) =>
  call<Nothing>(one("branches", id), { method: "DELETE" });

export const postDefaultBranch = (branch_id: string) =>
  call<Nothing>("/default_branch", { body: { branch_id } });

export const postRule = (body: RuleRequest) => call<RuleAnswer>("/rules", { body });

export const deleteRule = ({ scope, place }: Pick<RuleRequest, "scope" | "place">) =>
  call<Nothing>(`${one("rules", scope)}/${encodeURIComponent(place)}`, { method: "DELETE" });

export const fetchPlaces = (query: string) =>
  call<KnownPlaces>(`/places?${new URLSearchParams({ query })}`);

export const postRouteTest = (body: RouteTestRequest) => call<RouteTest>("/route_test", { body });

export const postInbox = (body: InboxRequest) => call<InboxAnswer>("/inboxes", { body });

export const patchInbox = (id: string, body: InboxRequest) =>
  call<InboxAnswer>(one("inboxes", id), { method: "PATCH", body });

export const postInboxPhoto = (id: string, body: PhotoRequest) =>
  call<InboxAnswer>(`${one("inboxes", id)}/photo`, { body });

export const deleteInboxPhoto = (id: string) =>
  call<InboxAnswer>(`${one("inboxes", id)}/photo`, { method: "DELETE" });

export const deleteInbox = (id: string) => call<Nothing>(one("inboxes", id), { method: "DELETE" });

export const postHoursPreview = (body: HoursPreviewRequest) =>
  call<HoursPreview>("/hours_preview", { body });

export const fetchOperators = () => call<OperatorList>("/operators");

export const postOperator = (body: OperatorRequest) =>
  call<OperatorInvited>("/operators", { body });

export const patchOperator = (id: string, body: OperatorChange) =>
  call<OperatorRecordAnswer>(one("operators", id), { method: "PATCH", body });

export const postPhoto = (id: string, body: PhotoRequest) =>
  call<OperatorRecordAnswer>(`${one("operators", id)}/photo`, { body });

export const deletePhoto = (id: string) =>
  call<OperatorRecordAnswer>(`${one("operators", id)}/photo`, { method: "DELETE" });

export const postInvitation = (id: string) =>
  call<InvitationMade>(`${one("operators", id)}/invitation`, { body: {} });
