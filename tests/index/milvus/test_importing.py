"""Files for a cluster are written without it, and imported by it from its bucket."""

from __future__ import annotations

import shutil

import pytest

from index.errors import EngineFailed, UsageError
from index.milvus.place import Place
from tests.index.milvus.cluster import TOKEN, running_cluster
from tests.index.milvus.comparing import answers, everything

pytestmark = pytest.mark.milvus


def test_a_bucket_is_for_clusters(load):
    with pytest.raises(UsageError, match="leave it out for Milvus Lite"):
        load(bucket="hoidap")
    with pytest.raises(UsageError, match="hoidap/first"):
        load(place=Place("http://127.0.0.1:9"), bucket="s3://bucket/hoidap")


def test_for_a_cluster_files_are_written_without_it(load, tmp_path):
    report = load(place=Place("http://127.0.0.1:9"))  # nothing listens there
    assert (report.generation, report.articles, report.embedded) == (0, 17, report.passages)
    with pytest.raises(EngineFailed, match="--uri"):
        load(place=Place("http://127.0.0.1:9"), bucket="hoidap")


def test_a_cluster_imports_the_files_from_its_bucket(load, encoder, inserted, tmp_path, monkeypatch, small):
    monkeypatch.setattr("index.milvus.importing._ASKED_EVERY", 0)
    monkeypatch.setattr("index.milvus.importing._FILES", 2)
    with running_cluster(tmp_path / "cluster") as cluster:
        place = Place(cluster.uri, "thu", token=TOKEN)
        load(place=place)
        encoded = encoder.encoded
        with pytest.raises(EngineFailed, match=r"no such file\): see that the folder of --bulk lies"):
            load(place=place, bucket="hoidap/first")
        shutil.copytree(tmp_path / "bulk", cluster.bucket / "hoidap/first")
        cluster.jobs.clear()
        cluster.states.clear()
        report = load(place=place, bucket="hoidap/first")
        assert (report.generation, report.articles, report.embedded) == (1, 17, 0)
        assert encoder.encoded == encoded
        other, _ = inserted(monkeypatch)
        assert everything(place) == everything(other)
        assert answers(place) == answers(other)
    assert all(job["dbName"] == job["partitionName"] == "" and len(job["files"]) <= 2 for job in cluster.jobs)
    asked = [path for job in cluster.jobs for (path,) in job["files"]]
    written = [path.relative_to(tmp_path / "bulk") for path in (tmp_path / "bulk").rglob("*.parquet")]
    assert sorted(asked) == sorted(f"hoidap/first/{path.as_posix()}" for path in written)


def test_a_cluster_that_lets_nobody_in_says_so(load, tmp_path):
    with running_cluster(tmp_path / "cluster") as cluster, pytest.raises(EngineFailed, match="authenticated"):
        load(place=Place(cluster.uri, "thu", token="root:sai"), bucket="hoidap")
