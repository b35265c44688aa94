"""TF-IDF of words and pairs of words, and logistic regression, with the settings that serve best on the half that is tried."""

import json
import sys

import numpy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

halves = json.load(sys.stdin)
texts, labels = zip(*halves["learnt"])
tried, right = zip(*halves["tried"])
accuracy, top_three = [], []
for strength in (10, 30):
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        LogisticRegression(C=strength, max_iter=500),
    )
    model.fit(texts, labels)
    likeliest = numpy.argsort(-model.predict_proba(tried), axis=1)[:, :3]
    named = model.classes_[likeliest]
    accuracy.append(numpy.mean(named[:, 0] == numpy.array(right)))
    top_three.append(numpy.mean([label in three for label, three in zip(right, named)]))
json.dump({"accuracy": float(max(accuracy)), "top_three": float(max(top_three))}, sys.stdout)
