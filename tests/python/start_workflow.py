"""Starts generateCode with exactly the arguments given as a JSON list on standard input; prints what it came to."""

import asyncio
import json
import os
import sys
import uuid

from temporalio.client import Client, WorkflowFailureError


async def main(address: str, task_queue: str) -> None:
    client = await Client.connect(address)
    workflow = {"id": f"test-{uuid.uuid4()}", "task_queue": task_queue}
    try:
        result = await client.execute_workflow("generateCode", args=json.load(sys.stdin), **workflow)
        print(json.dumps({"result": result}))
    except WorkflowFailureError as failure:
        print(json.dumps({"type": failure.cause.type, "message": failure.cause.message}))


asyncio.run(main(*sys.argv[1:]))
sys.stdout.flush()
os._exit(0)  # sys.exit may abort: see examples/roma_client.py
