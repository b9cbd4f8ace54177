"""The action that tells what a pull request changes, in real repositories, with a server for comments."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import define

from tests.acceptance.actions_runner import Ran, Runner, load
from tests.acceptance.command import snapshot
from tests.acceptance.forge import Forge, serving
from tests.acceptance.small_course import edit, write_course
from tests.acceptance.test_action import PYTHON
from tests.conftest import ROOT
from tests.git.repository import Made, make, run_git

ACTION = ROOT / ".github" / "actions" / "yamlsync-diff"

pytestmark = [
    pytest.mark.skipif(not ACTION.exists(), reason="the action is not part of a source distribution"),
    pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(importlib.util.find_spec("nh3") is None, reason="the extra html is not installed"),
]

TOKEN = "a-token"
FIRST = "<!-- yamlsync changes: %2A -->"


@define
class Request:
    """A pull request from `feature` into `main`, its checkout, and where its comments are."""

    place: Path
    origin: Made
    forge: Forge
    github: dict[str, Any]

    @property
    def course(self) -> Path:
        """The course on the request's branch."""
        return self.origin.top / "course"

    def push(self, *, depth: int = 2, merged: bool = True) -> Path:
        """Commits what stands in the worktree, and checks the request out as actions/checkout does."""
        git = self.origin.git
        head = self.origin.commit({}, "A change; $(touch pwned) ::add-mask::x")
        base = git("rev-parse", "main")
        git("checkout", "-q", "--detach", "main")
        git("merge", "-q", "--no-ff", "-m", "Merge", head)
        git("update-ref", "refs/pull/7/merge", "HEAD")
        git("update-ref", "refs/pull/7/head", head)
        git("checkout", "-q", "feature")
        workspace = self.place / "workspace"
        shutil.rmtree(workspace, ignore_errors=True)
        made = make(workspace)
        made.git("remote", "add", "origin", self.origin.top.as_uri())
        ref = "merge" if merged else "head"
        options = [f"--depth={depth}"] if depth else []
        made.git("fetch", "-q", "--no-tags", *options, "origin", f"refs/pull/7/{ref}")
        made.git("checkout", "-q", "--detach", "FETCH_HEAD")
        pull = {
            "number": 7,
            "base": {"sha": base},
            "head": {"sha": head, "repo": {"full_name": "owner/course"}},
        }
        self.github |= {"event_name": "pull_request", "token": TOKEN, "event": {"pull_request": pull}}
        return workspace

    def run(self, environment: dict[str, str] | None = None, **inputs: str) -> Ran:
        """Runs the action in the checkout; no two runs share a folder."""
        python = self.place / "python"
        python.write_text(PYTHON.replace("{MORE}", ":"), encoding="utf-8")
        python.chmod(0o755)
        number = sum(1 for _ in self.place.glob("temporary-*"))
        runner = Runner(
            self.place / "workspace",
            self.place / f"temporary-{number}",
            {
                "PATH": os.environ["PATH"],
                "PIP_LOG": str(self.place / "pip.log"),
                "PYTHONDONTWRITEBYTECODE": "1",
                "GITHUB_API_URL": self.forge.url,
                "GITHUB_GRAPHQL_URL": f"{self.forge.url}/graphql",
                "GITHUB_REPOSITORY": "owner/course",
                "GITHUB_ACTOR": "ann",
                **(environment or {}),
            },
            {"python": {"python-path": str(python)}, "keep": {"artifact-url": "https://forge.invalid/a/1"}},
            self.github,
        )
        return runner.run(ACTION, **inputs)


@pytest.fixture
def forge() -> Iterator[Forge]:
    with serving("github") as forge:
        yield forge


@pytest.fixture
def request_(tmp_path: Path, forge: Forge) -> Request:
    """A request that changes nothing yet, in a repository with one course."""
    origin = make(tmp_path / "origin")
    write_course(origin.top / "course")
    origin.commit({})
    origin.git("branch", "-M", "main")
    origin.git("checkout", "-q", "-b", "feature")
    return Request(tmp_path, origin, forge, {})


def reword(request: Request, new: str = "Make the lighthouse") -> None:
    edit(request.course / "steps" / "two.yaml", "Make the file", new)


def notices(ran: Ran) -> list[str]:
    return [f"{each.name}: {each.text}" for each in ran.commands("error", "warning", "notice")]


def test_a_changed_text_is_told_in_a_comment_the_summary_a_page_and_at_its_line(request_: Request) -> None:
    reword(request_)
    before = snapshot(request_.push())
    ran = request_.run()
    assert ran.succeeded, ran.log
    [comment] = request_.forge.comments
    assert comment["user"]["login"] == "github-actions[bot]"
    first, heading, summary, *_ = comment["body"].split("\n\n")
    assert (first, heading) == (FIRST, "### What changed in “A small course”")
    assert summary.startswith("**1 step changed**, from <code>")
    assert "lighthouse" in comment["body"]
    head = request_.github["event"]["pull_request"]["head"]["sha"]
    assert comment["body"].endswith(
        f"As of {head}.\n\n[All of it, as pages to be downloaded](https://forge.invalid/a/1)"
    )
    assert "lighthouse" in ran.summary
    [noted] = ran.commands("notice", "warning", "error")
    assert (noted.properties["file"], noted.properties["line"]) == ("course/steps/two.yaml", "11")
    pages = Path(ran.outputs["pages"])
    assert [path.name for path in pages.iterdir()] == ["course.html"]
    assert ran.handed["keep"]["name"] == "workshop-changes"
    assert ran.handed["keep"]["path"] == str(pages)
    assert ran.outputs["changed"] == "true"
    assert ran.outputs["comment-url"] == comment["html_url"]
    assert snapshot(request_.place / "workspace") == before
    assert ran.exports == ""
    assert request_.forge.tokens == {f"Bearer {TOKEN}"}
    pip = (request_.place / "pip.log").read_text(encoding="utf-8").split()
    assert pip[-1].endswith("[html]")
    assert Path(pip[-1].removesuffix("[html]")).resolve() == ROOT


def test_a_second_push_updates_the_comment_and_a_third_takes_all_back(request_: Request) -> None:
    reword(request_)
    request_.push()
    assert request_.run().succeeded
    number = request_.forge.comments[0]["id"]
    request_.forge.log.clear()
    reword_again = request_.course / "steps" / "two.yaml"
    edit(reword_again, "Make the lighthouse", "Make two lighthouses")
    request_.push()
    assert request_.run().succeeded
    assert request_.forge.log == [f"PATCH /repos/owner/course/issues/comments/{number}"]
    [body] = request_.forge.bodies
    assert "lighthouses" in body
    assert request_.run().succeeded
    assert len(request_.forge.log) == 1, "what is said already is not said again"
    edit(reword_again, "Make two lighthouses", "Make the file")
    request_.push()
    ran = request_.run()
    assert ran.succeeded, ran.log
    [body] = request_.forge.bodies
    assert body.startswith(f"{FIRST}\n\n### Nothing that students see changed\n\n")
    assert (ran.outputs["changed"], ran.outputs["pages"]) == ("false", "")
    assert ran.outcomes["keep"] == "skipped"
    assert notices(ran) == []


def test_where_nothing_changed_from_the_start_nobody_is_told(request_: Request) -> None:
    request_.origin.commit({"README.md": b"Hello\n"})
    edit(request_.course / "workshop.yaml", "steps:\n", "# In this order.\nsteps:\n")
    request_.push()
    ran = request_.run()
    assert ran.succeeded, ran.log
    assert request_.forge.comments == []
    assert ran.outputs["changed"] == "false"
    assert "- <code>course</code>: only comments or spelling, in 1 file" in ran.summary


@pytest.mark.parametrize(
    ("repository", "actor", "level", "words"),
    [
        ("stranger/course", "ann", "notice", "from a fork, a job may not write"),
        ("owner/course", "dependabot[bot]", "notice", "for Dependabot, a job may not write"),
        ("owner/course", "ann", "warning", "give the job the permission pull-requests: write"),
    ],
)
def test_a_token_that_may_not_write_fails_nothing_and_the_rest_is_there(
    repository: str, actor: str, level: str, words: str, request_: Request
) -> None:
    reword(request_)
    request_.push()
    request_.github["event"]["pull_request"]["head"]["repo"] = {"full_name": repository}
    request_.forge.refuses = 403, "Resource not accessible by integration ::error::x\n::error::y"
    ran = request_.run({"GITHUB_ACTOR": actor})
    assert ran.succeeded, ran.log
    [told] = [each for each in notices(ran) if "no comment" in each]
    assert told.startswith(f"{level}: ")
    assert words in told
    assert told.endswith("The summary and the artifact of this job have what changed")
    assert "lighthouse" in ran.summary
    assert list(Path(ran.outputs["pages"]).iterdir())
    assert ran.commands("error") == []


def test_without_a_token_nothing_is_asked_for(request_: Request) -> None:
    reword(request_)
    request_.push()
    for ran in (request_.run(token=""), request_.run(comment="false")):
        assert ran.succeeded, ran.log
        assert "lighthouse" in ran.summary
    assert request_.forge.tokens == set()


def test_a_merge_without_its_history_gets_the_one_commit_that_it_lacks(request_: Request) -> None:
    reword(request_)
    workspace = request_.push(depth=1)
    ran = request_.run()
    assert ran.succeeded, ran.log
    assert "lighthouse" in request_.forge.bodies[0]
    assert run_git(workspace, "rev-parse", "--is-shallow-repository") == "true"


def test_a_commit_that_cannot_be_fetched_is_told_with_what_to_do(request_: Request) -> None:
    reword(request_)
    workspace = request_.push(depth=1)
    run_git(workspace, "remote", "set-url", "origin", str(request_.place / "nowhere"))
    ran = request_.run()
    assert not ran.succeeded
    assert "is not in this clone, and git could not fetch it" in ran.log
    assert "fetch-depth: 2" in ran.log
    assert request_.forge.comments == []


def test_what_went_into_the_main_branch_meanwhile_is_no_change_of_the_request(request_: Request) -> None:
    reword(request_)
    request_.origin.commit({})
    request_.origin.git("checkout", "-q", "main")
    edit(request_.course / "steps" / "three.yaml", "title: Step three", "title: The end")
    request_.origin.commit({})
    request_.origin.git("checkout", "-q", "feature")
    for depth, merged in ((2, True), (0, True), (0, False)):
        request_.push(depth=depth, merged=merged)
        ran = request_.run()
        assert ran.succeeded, ran.log
        assert "lighthouse" in ran.summary
        assert "The end" not in ran.summary
    request_.push(depth=1, merged=False)
    ran = request_.run()
    assert not ran.succeeded
    assert "which is shallow\n  = help: let actions/checkout fetch all: fetch-depth: 0" in ran.log


def test_the_base_may_be_named(request_: Request) -> None:
    request_.origin.git("tag", "released")
    reword(request_)
    workspace = request_.push(depth=0)
    run_git(workspace, "fetch", "-q", "origin", "tag", "released")
    ran = request_.run(base="released", comment="false")
    assert ran.succeeded, ran.log
    assert "lighthouse" in ran.summary
    ran = request_.run(base="--output=x", comment="false")
    assert not ran.succeeded
    assert 'there is no commit "--output=x" in this clone' in ran.log


def test_what_is_no_pull_request_is_left_alone_and_a_dangerous_one_is_refused(request_: Request) -> None:
    request_.push()
    request_.github = {"event_name": "push", "token": TOKEN, "event": {}}
    ran = request_.run()
    assert ran.succeeded, ran.log
    assert ran.outputs["changed"] == ""
    assert notices(ran) == ["notice: Nothing is compared: this is no pull request, and no base is named."]
    request_.push()
    request_.github["event_name"] = "pull_request_target"
    ran = request_.run()
    assert not ran.succeeded
    assert request_.forge.tokens == set()


def test_several_workshops_have_one_comment_and_each_its_page(request_: Request) -> None:
    for name in ("gone", "before", "same"):
        write_course(request_.origin.top / name)
    request_.origin.git("checkout", "-q", "main")
    request_.origin.commit({})
    request_.origin.git("checkout", "-q", "-B", "feature")
    reword(request_)
    write_course(request_.origin.top / "fresh")
    shutil.rmtree(request_.origin.top / "gone")
    (request_.origin.top / "before").rename(request_.origin.top / 'a place\'s "name"')
    request_.push()
    ran = request_.run()
    assert ran.succeeded, ran.log
    [body] = request_.forge.bodies
    heading, listed = body.split("\n\n")[1:3]
    assert heading == "### What changed in 3 workshops"
    assert listed.split("\n") == [
        '- <code>a place\'s "name"</code>, before at <code>before</code>: the same',
        "- <code>course</code>: 1 step changed",
        "- <code>fresh</code>: new, with 3 steps",
        "- <code>gone</code>: removed, with 3 steps",
    ]
    assert body.count("\n### What changed in “A small course”\n") == 3
    assert "from <code>nothing</code> to" in body
    pages = sorted(path.name for path in Path(ran.outputs["pages"]).iterdir())
    assert pages == ["course.html", "fresh.html", "gone.html"]


def test_named_workshops_have_a_comment_of_their_own(request_: Request) -> None:
    write_course(request_.origin.top / "other")
    reword(request_)
    request_.push()
    assert request_.run(directory="course").succeeded
    assert request_.run(directory="\n other \n\n").succeeded
    assert request_.run(directory="course/").succeeded
    firsts = [body.split("\n")[0] for body in request_.forge.bodies]
    assert firsts == ["<!-- yamlsync changes: course -->", "<!-- yamlsync changes: other -->"]
    ran = request_.run(directory="curse")
    assert not ran.succeeded
    assert 'there is no workshop at "curse", neither before nor after' in ran.log


def test_names_that_a_stranger_chose_command_nobody(request_: Request) -> None:
    folder = "a `touch pwned` $(touch pwned) ; ' \" & ::add-mask::a ##[add-mask]b <img> @ann"
    request_.course.rename(request_.origin.top / folder)
    request_.origin.git("checkout", "-q", "main")
    request_.origin.commit({})
    request_.origin.git("checkout", "-q", "-B", "feature")
    step = request_.origin.top / folder / "steps" / "two.yaml"
    edit(step, "title: Step two", f"title: '{FIRST} ::add-mask::c %0A::add-mask::d ##[add-mask]e'")
    edit(step, "Make the file.", f"{FIRST}\n  </details><script>x</script> @ann\n  ::add-mask::f\n  Make it.")
    (request_.origin.top / "broken").mkdir()
    (request_.origin.top / "broken" / "workshop.yaml").write_text("'::add-mask::g': ##[add-mask]h\n'")
    request_.push()
    request_.github["head_ref"] = "$(touch pwned)"
    request_.github["event"]["pull_request"]["title"] = "::add-mask::i"
    ran = request_.run(directory=f"{folder}\nbroken")
    assert not ran.succeeded, "one of them cannot be read"
    assert ran.commands("add-mask", "set-output", "error", "warning") == []
    assert list(request_.place.rglob("pwned")) == []
    [body] = request_.forge.bodies
    [first, *rest] = body.split("\n")
    assert first.startswith("<!-- yamlsync changes: ")
    assert FIRST not in re.sub(r"(?s)```.*?```", "", body)
    assert "<img>" not in body
    assert "<script>" not in re.sub(r"(?s)```.*?```", "", body)
    assert not re.search(r"@ann", body)
    assert [line for line in rest if line.startswith("### ")] != []
    assert re.fullmatch(r"[A-Za-z0-9._-]+", ran.handed["keep"]["name"])
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", path.name) for path in Path(ran.outputs["pages"]).iterdir())


def test_only_a_comment_of_ours_is_touched_wherever_it_stands(request_: Request) -> None:
    reword(request_)
    request_.push()
    forge = request_.forge
    forge.add("stranger", f"{FIRST}\n\nThe first line of another.")
    forge.add("github-actions[bot]", f"A page that quotes:\n{FIRST}", "Bot")
    forge.add("github-actions[bot]", "<!-- yamlsync changes: course -->\nof another list", "Bot")
    for number in range(150):
        forge.add("ann", f"Comment {number}")
    number = forge.add("github-actions[bot]", f"{FIRST}\r\n\r\nold", "Bot")
    twice = forge.add("github-actions[bot]", f"{FIRST}\n\nfrom a run at the same time", "Bot")
    before = forge.bodies[:-2]
    ran = request_.run()
    assert ran.succeeded, ran.log
    path = "/repos/owner/course/issues/comments"
    assert forge.log == [f"DELETE {path}/{twice}", f"PATCH {path}/{number}"]
    assert forge.bodies[:-1] == before
    assert "lighthouse" in forge.bodies[-1]


@pytest.mark.parametrize("names", [True, False])
def test_the_comment_of_an_app_is_its_own(names: bool, request_: Request) -> None:
    reword(request_)
    request_.push()
    request_.forge.names = names
    request_.forge.me = "course-bot[bot]" if names else "github-actions[bot]"
    for _ in range(2):
        assert request_.run(token="app").succeeded
    assert len(request_.forge.comments) == 1


def test_a_server_that_stumbles_is_asked_again_and_nothing_is_posted_twice(request_: Request) -> None:
    reword(request_)
    request_.push()
    request_.forge.hiccups = [502]
    request_.forge.loses = 1
    ran = request_.run()
    assert ran.succeeded, ran.log
    assert len(request_.forge.comments) == 1
    request_.forge.hiccups = [429] * 9
    ran = request_.run()
    assert not ran.succeeded
    assert "error: the comment could not be posted, 3 times: the server said 429: try again" in notices(ran)
    assert "lighthouse" in ran.summary


def test_what_is_wrong_in_the_request_fails_and_what_was_wrong_before_does_not(request_: Request) -> None:
    step = request_.course / "steps" / "two.yaml"
    edit(step, "title: Step", "title: 'Step")
    request_.push()
    ran = request_.run()
    assert not ran.succeeded
    assert ran.outcomes["Fail where a workshop cannot be read"] == "failure"
    [body] = request_.forge.bodies
    assert "### What changed in <code>course</code> cannot be told" in body
    assert "YS103 not valid YAML: the quote that opens here is never closed" in body
    request_.origin.git("branch", "-f", "main", "feature")
    edit(step, "title: 'Step", "title: Step")
    request_.push()
    ran = request_.run()
    assert ran.succeeded, ran.log
    assert "cannot be told" in request_.forge.bodies[0]


def write_long_course(folder: Path, count: int) -> None:
    """A course with so many steps, each of 100 lines, beside those of any small one."""
    write_course(folder)
    text = "".join(f"  Line {number} \U0001f600 of a text that is rather long.\n\n" for number in range(50))
    names = [f"long-{number}" for number in range(count)]
    for name in names:
        said = f"id: {name}\ntitle: A title\nimage_tag: org/course:{name}\nmarkdown: |\n  # Title\n\n{text}"
        (folder / "steps" / f"{name}.yaml").write_text(said.rstrip() + "\n", encoding="utf-8")
    edit(folder / "workshop.yaml", "  - three\n", "".join(f"  - {name}\n" for name in ["three", *names]))


def test_pages_that_are_too_long_are_cut_for_the_comment_and_less_for_the_summary(request_: Request) -> None:
    for number in range(12):
        write_long_course(request_.origin.top / f"long-{number}", 40)
    write_course(request_.origin.top / "small")
    request_.push()
    ran = request_.run()
    assert ran.succeeded, ran.log
    [body] = request_.forge.bodies
    assert 40_000 < len(body.encode("utf-16-le")) // 2 <= 65_536
    assert "<code>long-9</code>: new, with 43 steps" in body
    left_out = re.search(
        r"\nLeft out here, where there is no more room: the details of (\d+) workshops\.\n", body
    )
    assert left_out is not None
    assert body.count("### What changed in “A small course”") == 13 - int(left_out[1])
    assert "Left out here" in body.replace(left_out[0], ""), "of some, a part"
    assert body.endswith("(https://forge.invalid/a/1)")
    assert body.count("<details>") == body.count("</details>")
    assert body.count("```") % 2 == 0
    assert ran.summary.count("### What changed in “A small course”") == 13
    assert len(ran.summary.encode()) <= 1 << 20


def test_no_more_annotations_are_made_than_are_shown(request_: Request) -> None:
    names = [f"course-{number:02}" for number in range(11)]
    for name in names:
        write_course(request_.origin.top / name)
    request_.push()
    ran = request_.run()
    found = notices(ran)
    assert len(found) == 10
    assert found[-1] == "notice: 2 more annotations left out: the summary has all"
    assert notices(request_.run(annotate="false")) == []


def test_nothing_of_the_request_is_executed_or_asked(request_: Request) -> None:
    executed = request_.place / "executed"
    top = request_.origin.top
    for name in ("yamlsync", "attrs", "commits", "forges", "json", "sitecustomize"):
        (top / f"{name}.py").write_text(f"open({str(executed)!r}, 'w')\n")
    for name in ("git", "od", "mktemp", "cat", "yamlsync"):
        (top / name).write_text(f"#!/bin/sh\ntouch '{executed}'\n")
        (top / name).chmod(0o755)
    (top / ".gitattributes").write_text("* filter=evil diff=evil\n")
    (top / ".gitmodules").write_text(f'[submodule "x"]\n\tpath = x\n\turl = ext::touch {executed}\n')
    (top / "yamlsync.toml").write_text('exclude = ["course"]\n')
    reword(request_)
    workspace = request_.push(depth=1)
    base = request_.github["event"]["pull_request"]["base"]["sha"]
    write_course(workspace / f"{base}:course")
    ran = request_.run({"PYTHONPATH": str(workspace)})
    assert ran.succeeded, ran.log
    assert not executed.exists()
    assert "lighthouse" in ran.summary


def test_scripts_take_values_from_the_environment_alone_and_one_has_the_token() -> None:
    steps = load(ACTION)["runs"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    scripts = {
        path.name: path.read_text(encoding="utf-8")
        for path in ACTION.glob("*.*")
        if path.suffix in (".py", ".sh")
    }
    assert all("${{" not in text for text in [*runs, *scripts.values()])
    shell = {name: text for name, text in scripts.items() if name.endswith(".sh")}
    assert all("set -euo pipefail" in text.splitlines()[:3] for text in shell.values())
    uses = [step["uses"] for step in steps if "uses" in step]
    assert uses == ["actions/setup-python@v6", "actions/upload-artifact@v4"]
    assert [step["id"] for step in steps if "inputs.token" in str(step)] == ["comment"]
    text = (ACTION / "action.yml").read_text(encoding="utf-8")
    chosen = set(re.findall(r"github\.[a-z_.]+", text))
    pull = "github.event.pull_request"
    assert chosen == {
        "github.token",
        "github.event_name",
        f"{pull}.base.sha",
        f"{pull}.head.sha",
        f"{pull}.number",
        f"{pull}.head.repo.full_name",
    }


def test_the_action_is_what_the_schema_of_actions_asks_for() -> None:
    if importlib.util.find_spec("check_jsonschema") is None:
        pytest.skip("check-jsonschema is not installed")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    done = subprocess.run([*command, ACTION / "action.yml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_shellcheck_finds_nothing_in_the_scripts() -> None:
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed")
    scripts = sorted(ACTION.glob("*.sh"))
    command = ["shellcheck", "--external-sources", "--source-path", str(ACTION), *map(str, scripts)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def gitlab_job() -> Any:
    """The job that the page about pull requests shows."""
    page = (ROOT / "spec" / "pull-requests.md").read_text(encoding="utf-8")
    return yaml.safe_load(page.partition("```yaml\n")[2].partition("```")[0])["changes"]


@pytest.mark.parametrize("is_merged", [True, False])
def test_the_job_for_gitlab_writes_pages_and_one_note(
    is_merged: bool, request_: Request, tmp_path: Path
) -> None:
    reword(request_)
    workspace = request_.push(depth=0, merged=is_merged)
    clone, install, *script = gitlab_job()["script"]
    assert clone.startswith("git clone ")
    assert install.startswith("pip install ")
    text = "\n".join(script).replace("/tmp/yamlsync/", f"{ROOT}/")
    bin = tmp_path / "bin"
    bin.mkdir()
    (bin / "python").write_text(f"#!/bin/sh\nexec '{sys.executable}' \"$@\"\n", encoding="utf-8")
    (bin / "python").chmod(0o755)
    pull = request_.github["event"]["pull_request"]
    with serving("gitlab") as forge:
        forge.me = "project_12_bot"
        forge.add("project_12_bot", "another note", "Bot")
        environment = {
            "PATH": f"{bin}:{os.environ['PATH']}",
            "GITLAB_CI": "true",
            "CI_API_V4_URL": forge.url,
            "CI_MERGE_REQUEST_PROJECT_ID": "12",
            "CI_MERGE_REQUEST_IID": "7",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": pull["base"]["sha"],
            "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": pull["head"]["sha"] if is_merged else "",
            "CI_JOB_URL": "https://forge.invalid/j",
        }
        for token in ("", "t", "t"):
            shutil.rmtree(workspace / "changes", ignore_errors=True)
            done = subprocess.run(
                ["bash", "-eo", "pipefail", "-c", text],
                cwd=workspace,
                env=environment | {"YAMLSYNC_TOKEN": token},
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "the comment says so already\n"
        [_, body] = forge.bodies
        assert forge.log == ["POST /projects/12/merge_requests/7/notes"]
    assert "lighthouse" in body
    assert body.endswith("(https://forge.invalid/j/artifacts/browse/changes/pages)")
    assert [path.name for path in (workspace / "changes" / "pages").iterdir()] == ["course.html"]


def test_a_folder_that_a_request_brought_is_no_place_for_pages(request_: Request) -> None:
    (request_.origin.top / "changes").mkdir()
    (request_.origin.top / "changes" / "pages.html").write_text("<script>x</script>")
    reword(request_)
    workspace = request_.push(depth=0)
    base = request_.github["event"]["pull_request"]["base"]["sha"]
    command = [sys.executable, "-I", "-B", str(ACTION / "compare.py"), f"--base={base}", "--output=changes"]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: changes is not an empty folder\n")


def test_the_job_for_gitlab_is_what_the_schema_asks_for(tmp_path: Path) -> None:
    if importlib.util.find_spec("check_jsonschema") is None:
        pytest.skip("check-jsonschema is not installed")
    (tmp_path / ".gitlab-ci.yml").write_text(yaml.safe_dump({"changes": gitlab_job()}), encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
    done = subprocess.run(
        [*command, tmp_path / ".gitlab-ci.yml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
