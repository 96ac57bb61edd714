"""How every benchmark prints a figure beside its limit."""


def report(what: str, figure: float, target: float) -> None:
    verdict = "met" if figure <= target else "MISSED"
    print(f"{what}: {figure:.2f} (target: at most {target}, {verdict})", flush=True)
