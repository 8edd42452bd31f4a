"""Runs pytest and writes each result to /out/report as it happens, one JSON object a line.

Started as a script, so that only its own folder precedes the standard library while pytest is imported: a project's
file named pytest.py or types.py is not taken for the real one.
"""

import json
import os
import sys

PROJECT = "/project"
REPORT = "/out/report"
MESSAGE_CHARACTERS = 6000
# A report of limited size: of very many failures the last ones are told in a line.
DETAILED_FAILURES = 30
FAILURES_OF_A_TEST = 5
LINE_CHARACTERS = 200


def relative(path):
    path = os.path.join(PROJECT, str(path))
    return os.path.relpath(path, PROJECT) if path.startswith(PROJECT + "/") else None


def frames(error):
    """The project's own frames; of a deep recursion the first and the last."""
    found = []
    trace = error.__traceback__
    while trace is not None:
        file = relative(trace.tb_frame.f_code.co_filename)
        if file is not None:
            found.append({"file": file, "line": trace.tb_lineno, "function": trace.tb_frame.f_code.co_name})
        trace = trace.tb_next
    return found if len(found) <= 10 else found[:3] + found[-7:]


def failure(error, phase, detailed=True):
    places = frames(error)
    if isinstance(error, SyntaxError) and error.filename and relative(error.filename):
        places.append({"file": relative(error.filename), "line": error.lineno or 1, "function": ""})
    return {
        "type": type(error).__name__,
        "phase": phase,
        "message": text_of(error)[: MESSAGE_CHARACTERS if detailed else LINE_CHARACTERS],
        "module": error.name if isinstance(error, ModuleNotFoundError) else None,
        "frames": places if detailed else [],
    }


def text_of(error):
    if hasattr(error, "argname"):  # pytest's error for a fixture has no text of its own
        return f"fixture '{error.argname}' not found"
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception as broken:
        text = f"(its text cannot be read: {type(broken).__name__})"
    cause = error.__cause__
    return f"{text}\ncaused by {type(cause).__name__}: {cause}" if cause is not None else str(text)


class Report:
    def __init__(self):
        self.file = open(REPORT, "a", encoding="utf-8", errors="replace")
        self.failures = {}
        self.outcomes = {}
        self.output = {}
        self.seconds = {}
        self.reported = 0
        self.detailed = 0

    def write(self, event, **fields):
        self.file.write(json.dumps({"event": event, **fields}) + "\n")
        self.file.flush()

    def add_failure(self, nodeid, error, phase):
        self.detailed += 1
        told = failure(error, phase, self.detailed <= DETAILED_FAILURES)
        of_test = self.failures.setdefault(nodeid, [])
        of_test[:] = [*of_test, told][:FAILURES_OF_A_TEST]

    def pytest_exception_interact(self, node, call, report):
        if call.when != "collect":
            return
        error = call.excinfo.value
        # For an import that fails pytest raises an error of its own, with the real one as its cause.
        cause = error.__cause__ if type(error).__name__ == "CollectError" else None
        self.write("error", file=relative(report.fspath), failure=failure(cause or error, "collect"))

    def pytest_collectreport(self, report):
        if report.skipped:
            self.write("file", file=relative(report.fspath), tests=0, skipped=True)

    def pytest_collection_finish(self, session):
        counts = {}
        for item in session.items:
            file = relative(item.path)
            counts[file] = counts.get(file, 0) + 1
        for file, tests in counts.items():
            self.write("file", file=file, tests=tests, skipped=False)

    def pytest_runtest_logstart(self, nodeid, location):
        self.write("running", name=nodeid, file=relative(location[0]), line=(location[1] or 0) + 1)

    def pytest_runtest_makereport(self, item, call):
        if call.excinfo is not None:
            self.add_failure(item.nodeid, call.excinfo.value, call.when)

    def pytest_runtest_logreport(self, report):
        name = report.nodeid
        self.seconds[name] = self.seconds.get(name, 0) + report.duration
        if report.failed:
            self.outcomes[name] = "failed"
            if name not in self.failures:  # as of a test that was expected to fail and passed
                self.add_failure(name, AssertionError(report.longreprtext), report.when)
            self.output[name] = "\n".join(text for title, text in report.sections if "Captured" in title)[-2000:]
        elif report.skipped:
            self.outcomes.setdefault(name, "skipped")
        elif report.when == "call":
            self.outcomes.setdefault(name, "passed")

    def pytest_runtest_logfinish(self, nodeid, location):
        outcome = self.outcomes.pop(nodeid, "failed")
        self.reported += 1
        self.write(
            "test",
            name=nodeid,
            file=relative(location[0]),
            line=(location[1] or 0) + 1,
            outcome=outcome,
            durationMs=self.seconds.pop(nodeid, 0) * 1000,
            failures=self.failures.pop(nodeid, []) if outcome == "failed" else [],
            output=self.output.pop(nodeid, ""),
        )

    def pytest_sessionfinish(self):
        self.write("end", tests=self.reported)


def main():
    sys.path.append("/opt/python")
    import pytest

    roots = [PROJECT] + [f"{PROJECT}/src"] * os.path.isdir(f"{PROJECT}/src")
    sys.path[0:1] = roots
    os.environ["PYTHONPATH"] = ":".join(roots)  # for the Pythons that tests start themselves
    return pytest.main(sys.argv[1:], plugins=[Report()])


sys.exit(main())
