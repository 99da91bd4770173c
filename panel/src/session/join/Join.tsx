/** Somebody comes by a link: the first admin, or a colleague whom an admin has invited. */

import { Button, Loader } from "@mantine/core";
import { request } from "@shared/api";
import type { Invitation } from "@shared/wire";
import { useQuery } from "@tanstack/react-query";
import { Failure } from "../../parts/Failure";
import { Doorway } from "../Doorway";
import { dropInvitation, isGone } from "../invitation";
import css from "./Join.module.css";
import { JoinForm } from "./JoinForm";
import { useJoinText } from "./texts";

interface Props {
  token: string;
}

export default function Join({ token }: Props) {
  const t = useJoinText();
  const { data, error, refetch } = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => request<Invitation>("/api/panel/invitation", { body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isGone(error)) return <Gone isSetup={token.startsWith("setup.")} />;
  if (data) return <JoinForm token={token} invitation={data} onGone={() => void refetch()} />;
  return (
    <Doorway title={t("join.welcome")}>
      {error ? (
        <Failure title={t("join.failed")} error={error} onRetry={() => void refetch()} />
      ) : (
        <Loader />
      )}
    </Doorway>
  );
}

function Gone({ isSetup }: { isSetup: boolean }) {
  const t = useJoinText();
  return (
    <Doorway title={t("join.gone")}>
      <div role="alert" data-testid="join-gone">
        <p className={css.lead}>{t(isSetup ? "join.goneSetupWhy" : "join.goneWhy")}</p>
        <p className={css.lead}>{t(isSetup ? "join.goneSetupThen" : "join.goneThen")}</p>
      </div>
      <Button fullWidth size="md" onClick={dropInvitation} data-testid="join-sign-in">
        {t("join.signIn")}
      </Button>
    </Doorway>
  );
}
