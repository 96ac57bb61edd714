import { useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import { navigation, sectionOf } from "@/app/navigation";
import { useSession } from "@/session/SessionContext";
import { leaving } from "@/shared/leaving";
import { strings } from "@/strings";
import "@/app/topBar.css";

/** The bar above every page: the sections, and who is signed in. */
export function TopBar(): React.ReactNode {
  const { user, isEditor, signOut } = useSession();
  const [path] = useLocation();
  const section = sectionOf(path);
  const sections = useRef<HTMLElement>(null);
  // On a phone the sections are wider than the screen.
  useEffect(() => {
    sections.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [section]);
  return (
    <header className="top-bar">
      <Link href="/" className="top-bar-brand">
        <img src="/icon.svg" alt="" width={24} height={24} />
        {strings.product}
      </Link>
      <nav ref={sections} aria-label={strings.layout.navigation}>
        {navigation(isEditor).map(({ text, href }) => (
          <Link key={href} href={href} aria-current={href === section ? "page" : undefined}>
            {text}
          </Link>
        ))}
      </nav>
      <div className="top-bar-user">
        <Link href="/account" title={strings.account.open(user)}>
          {user}
          <small>{isEditor ? strings.roles.editor : strings.roles.viewer}</small>
        </Link>
        <button type="button" onClick={() => leaving(signOut)}>
          {strings.signOut}
        </button>
      </div>
    </header>
  );
}
