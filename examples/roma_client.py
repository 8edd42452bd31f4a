#!/usr/bin/env python3
"""ROMA's side of PTC: starts a plan, follows it, and writes the files that come back.

    python examples/roma_client.py --plan examples/calculator.json --out out/calculator

Needs `temporalio` alone, as pinned in python/client-requirements.txt. The server is the one that TEMPORAL_ADDRESS and
Temporal's other variables name, unless the options say otherwise. Exit status: 0 success, 1 failed or partial,
2 bad input, 3 something out of reach.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import re
import sys
from dataclasses import dataclass, fields
from datetime import datetime, timedelta, timezone
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from temporalio.client import (
    Client,
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowQueryFailedError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.envconfig import ClientConfig
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError


@dataclass(frozen=True)
class Artifact:
    file_path: str
    content: str
    artifact_type: str
    language: str | None
    description: str | None


@dataclass(frozen=True)
class ArtifactResult:
    """The fields that ROMA acts on; schemas/artifact-result.schema.json has all of them."""

    execution_id: str
    status: str
    summary: str
    artifacts: list[Artifact]
    test_results: dict[str, Any] | None
    iterations_used: int
    error_message: str | None
    warnings: list[str]
    llm_usage: list[dict[str, Any]]
    metadata: dict[str, Any]

    @classmethod
    def from_json(cls, result: dict[str, Any]) -> ArtifactResult:
        artifacts = [Artifact(**known(Artifact, artifact)) for artifact in result["artifacts"]]
        return cls(**{**known(cls, result), "artifacts": artifacts})

    @property
    def succeeded(self) -> bool:
        return self.status in ("SUCCESS", "CACHE_HIT")


def known(cls: Any, data: dict[str, Any]) -> dict[str, Any]:
    """What the class has a field for; a newer PTC may send more."""
    return {field.name: data[field.name] for field in fields(cls)}


class ClientError(Exception):
    """An ending with a message for the person and a status for the shell."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def read_plan(path: str) -> dict[str, Any]:
    try:
        plan = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ClientError(2, f"{path}: {error}") from error
    if not isinstance(plan, dict) or "execution_id" not in plan:
        raise ClientError(2, f"{path} is no plan: it has no execution_id")
    # Naive UTC, as ROMA writes it; PTC reads a moment without a zone as UTC.
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    return {"created_at": now.isoformat(), **plan}


def workflow_id_of(execution_id: str) -> str:
    """The id that PTC's own clients use, so that both join the same run."""
    execution_id = execution_id.strip()
    # JavaScript counts a character beyond U+FFFF as two.
    safe = re.sub(r"[^A-Za-z0-9._-]", lambda found: "_" * (1 + (ord(found[0]) > 0xFFFF)), execution_id)[:120]
    if safe == execution_id:
        return f"ptc-{safe}"
    return f"ptc-{safe}-{hashlib.sha256(execution_id.encode()).hexdigest()[:12]}"


async def connect(address: str | None, namespace: str | None) -> Client:
    settings: dict[str, Any] = dict(ClientConfig.load_client_connect_config())
    settings |= {name: value for name, value in (("target_host", address), ("namespace", namespace)) if value}
    settings.setdefault("target_host", "localhost:7233")
    try:
        return await Client.connect(**settings)
    except RuntimeError as error:
        raise ClientError(3, f"Temporal at {settings['target_host']} does not answer: {error}") from error


async def start(client: Client, plan: dict[str, Any], task_queue: str) -> WorkflowHandle[Any, Any]:
    """Starts the plan, or joins its run; a plan that has succeeded before is not run, and paid for, again."""
    workflow_id = workflow_id_of(str(plan["execution_id"]))
    try:
        return await client.start_workflow(
            "generateCode",
            plan,
            id=workflow_id,
            task_queue=task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
        )
    except WorkflowAlreadyStartedError:
        say(f"{workflow_id} has run before; this is its result")
        return client.get_workflow_handle(workflow_id)


async def follow(handle: WorkflowHandle[Any, Any]) -> dict[str, Any]:
    """Tells each stage as it ends, and returns what the run returned."""
    result = asyncio.ensure_future(handle.result())
    told = 0
    while True:
        ended = result.done()
        told = await tell_news(handle, told)
        if ended:
            return await result
        await asyncio.wait({result}, timeout=0.5)


async def tell_news(handle: WorkflowHandle[Any, Any], told: int) -> int:
    try:
        progress = await handle.query("progress", rpc_timeout=timedelta(seconds=5))
    except (RPCError, WorkflowQueryFailedError):
        return told  # no worker has the run in hand at this moment; its result is awaited all the same
    for chapter in progress["story"][told:]:
        at = f"{chapter['atMs'] / 1000:6.1f} s"
        say(f"{at}  round {chapter['round']}  {chapter['stage']:<17} {chapter['found']}")
    return len(progress["story"])


def explain(failure: WorkflowFailureError) -> ClientError:
    """What the run failed of: PTC's type and message, or Temporal's where the run was cancelled or terminated."""
    cause = failure.cause
    kind = cause.type if isinstance(cause, ApplicationError) else type(cause).__name__
    message = cause.message if isinstance(cause, ApplicationError) else str(cause)
    return ClientError(2 if kind == "InvalidPlan" else 1, f"the run failed: {kind}: {message}")


def write_files(artifacts: list[Artifact], folder: Path) -> None:
    """Writes all files or none: never outside of the folder, never over a file that holds something else."""
    targets = [(safe_target(artifact, folder), artifact.content.encode()) for artifact in artifacts]
    for target, content in targets:
        if target.exists() and (not target.is_file() or target.read_bytes() != content):
            raise ClientError(2, f"nothing was written: {target} is there and holds something else")
    for target, content in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def safe_target(artifact: Artifact, folder: Path) -> Path:
    path = artifact.file_path
    unsafe = "\0" in path or "\\" in path or ".." in PurePosixPath(path).parts or PureWindowsPath(path).anchor
    target = folder.resolve() / path
    # Resolved once more, since a link in the folder may lead out of it.
    if unsafe or target.resolve() != target or folder.resolve() not in target.parents:
        raise ClientError(2, f"nothing was written: {path!r} leaves the folder")
    return target


async def run(options: argparse.Namespace) -> int:
    plan = read_plan(options.plan)
    client = await connect(options.address, options.namespace)
    try:
        handle = await start(client, plan, options.task_queue)
        say(f"run {handle.id} in namespace {client.namespace}")
        result = ArtifactResult.from_json(await follow(handle))
    except WorkflowFailureError as failure:
        raise explain(failure) from failure
    except RPCError as error:
        raise ClientError(3, f"Temporal: {error.message}") from error
    print(result.summary)
    for line in [result.error_message, *result.warnings]:
        if line:
            print(f"  {line}")
    if options.out:
        write_files(result.artifacts, Path(options.out))
        print(f"  {len(result.artifacts)} files in {options.out}")
    return 0 if result.succeeded else 1


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Runs a plan with PTC and writes its files.")
    parser.add_argument("--plan", required=True, metavar="FILE", help="the plan as JSON")
    parser.add_argument("--out", metavar="DIR", help="where the files go; none are written without it")
    parser.add_argument("--address", metavar="HOST:PORT", help="Temporal's address")
    parser.add_argument("--namespace")
    parser.add_argument("--task-queue", default="ptc")
    return parser.parse_args()


def main() -> int:
    try:
        return asyncio.run(run(parse_options()))
    except ClientError as error:
        say(str(error))
        return error.status


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # Not sys.exit: a thread of the SDK may still be in Python then, and the process would abort (sdk-python issue 300).
    os._exit(status)
