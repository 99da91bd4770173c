/** What a failure means, in the person's words. */

import { ApiError } from "@shared/api";
import type { ErrorDetail } from "@shared/wire";
import type { en } from "./en";
import type { Text } from "./language";

const KEYS: Record<ErrorDetail["code"], keyof typeof en & `errors.${string}`> = {
  already_taken: "errors.already_taken",
  bad_credentials: "errors.bad_credentials",
  bad_json: "errors.bad_json",
  branch_closed: "errors.branch_closed",
  captcha_required: "errors.forbidden",
  email_taken: "errors.email_taken",
  forbidden: "errors.forbidden",
  in_use: "errors.in_use",
  internal: "errors.internal",
  invalid: "errors.invalid",
  not_found: "errors.not_found",
  not_open: "errors.not_open",
  operator_offline: "errors.operator_offline",
  rating_over: "errors.rating_over",
  still_open: "errors.still_open",
  too_large: "errors.too_large",
  too_many_requests: "errors.too_many_requests",
  unauthorized: "errors.unauthorized",
  unavailable: "errors.unavailable",
};

export function errorText(t: Text, error: unknown): string {
  if (!(error instanceof ApiError)) return t("errors.network");
  return t(KEYS[error.code] ?? "errors.internal");
}
